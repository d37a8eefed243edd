/// The providers that people can prove at who they are, in mode `upstream`; what is particular to each is a row of
/// `Catalogue/providers.json`.
package enum LoginProvider: String, Hashable, Sendable, CaseIterable {
    /// Any that speaks OpenID Connect.
    case oidc
    /// Any that speaks OAuth 2.0 alone, and says who somebody is by an API of its own.
    case oauth2
    case auth0, supabase, keycloak, google, entra, github, gitlab, okta, cognito, workos, descope, clerk, authentik
    case zitadel, authelia
}

/// How a client secret is sent to a provider (RFC 6749 §2.3.1).
package enum ClientSecretMethod: String, Hashable, Sendable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
}

/// What becomes of the grants of a local user whose password is another.
package enum PasswordChange: String, Hashable, Sendable, CaseIterable {
    case endGrants = "end_grants"
    case keep
}
