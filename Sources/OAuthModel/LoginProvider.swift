/// The providers that people can prove at who they are, in mode `upstream`.
package enum LoginProvider: String, Hashable, Sendable, CaseIterable {
    case oidc, auth0, supabase, keycloak, google, entra

    /// How the provider spells an issuer in its answers: Google's tokens may leave out the scheme (its OpenID Connect
    /// documentation, "Validating an ID token").
    package func spellings(of issuer: String) -> [String] {
        guard self == .google, issuer.utf8.starts(with: "https://".utf8) else { return [issuer] }
        return [issuer, String(issuer.dropFirst("https://".count))]
    }

    /// The `prompt` by which people prove anew who they are, or become somebody else (OpenID Connect Core §3.1.2.1).
    /// Google does not know `login`.
    package var renewalPrompt: String {
        switch self {
        case .google, .entra: "select_account"
        case .oidc, .auth0, .supabase, .keycloak: "login"
        }
    }

    /// True where anybody on the internet has an account, so that a list of who may come is needed.
    package var isPublic: Bool { self == .google }
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
