package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer:`, who issues tokens, and how clients become known to it.
package struct IssuerSection: Sendable {
    package var url: Located<IssuerURL>
    package var mode: Located<ServerMode>
    /// Where `connectorgen-auth` listens for nginx; default `127.0.0.1:8719`.
    package var listen: Located<ListenAddress>?
    /// Where it answers verification, health and metrics; default `127.0.0.1:8720`.
    package var privateListen: Located<ListenAddress>?
    package var login: LoginSection?
    /// `users: { file: PATH }`: local logins, lines of `name:argon2id-hash`.
    package var users: Located<SecretReference>?
    /// What becomes of the grants of a local user whose line has another hash; default `end_grants`.
    package var onPasswordChange: Located<PasswordChange>?
    package var registration: [Located<RegistrationMethod>]?
    package var dcr: Located<DynamicRegistration>?
    /// What may be used up, and by whom.
    package var limits: LimitsSection?
    package var clientDocuments: ClientDocumentsSection?
    /// Pages that a registering client names must be on `trusted_hosts` or `page_hosts`; default true.
    package var clientURIsMustMatch: Located<Bool>?
    /// The server's master key; without it the server makes one beside its SQLite store.
    package var key: Located<SecretReference>?
    package var store: Located<StoreLocation>?
    /// True where `store` is written, also when it could not be read.
    package var hasStore: Bool
    package var tokens: TokensSection?
    /// Serve a complete OIDC discovery document too; default off.
    package var openid: Located<Bool>?
    /// `alias`: the AS document at the host's root as well, for clients that look nowhere else; default off.
    package var rootMetadata: Located<RootMetadata>?
    /// Serve `/authorize`, `/token`, `/register` at the origin, unadvertised, where the paths are free; default true.
    package var originFallbacks: Located<Bool>?
    /// Endpoint paths other than `<issuer path>/<name>`, as full paths on the issuer's host.
    package var endpoints: [EndpointName: Located<RoutePath>]
    package var span: Span

    package enum RootMetadata: String, Sendable, CaseIterable { case off, alias }
}
