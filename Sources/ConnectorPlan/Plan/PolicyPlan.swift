package import OAuthModel

/// What unauthenticated callers may do at the server, and how long what they get lasts.
package struct PolicyPlan: Sendable {
    /// True when the pages that clients name must be on a known host.
    @Derived package var enforceClientURIHosts: Bool
    /// Hosts that client documents may come from; empty for every public one.
    @Derived package var documentHosts: [String]
    @Derived package var assertionAudience: AssertionAudience
    /// The server's master key.
    @Derived package var key: SecretReference?
    @Derived package var tokenFormat: TokenFormat
    /// Seconds.
    @Derived package var accessLifetime: Int
    @Derived package var refreshLifetime: Int
    @Derived package var grantLifetime: Int
    /// Of one address.
    @Derived package var registrations: Rate
    @Derived package var authorizations: Rate
    @Derived package var tokenRequests: Rate
    /// At one time; 0 for no limit.
    @Derived package var unusedClients: Int
    @Derived package var pendingAuthorizations: Int
}
