package import OAuthModel

/// The provider where people prove who they are, and what it is asked for.
package struct LoginPlan: Sendable {
    @Derived package var provider: LoginProvider
    /// Exactly as the spec has it.
    @Derived package var issuer: String
    /// `https://host[:port]`
    @Derived package var origin: String
    @Derived package var clientID: String
    @Derived package var clientSecret: SecretReference?
    @Derived package var scopes: [String]
}
