/// The closed sets of words that members of type `String` take.
extension RuntimeConfig {
    package enum DocumentKind: String, Sendable, CaseIterable {
        /// RFC 9728.
        case protectedResource
        /// RFC 8414.
        case authorizationServer
        /// OpenID Connect Discovery 1.0.
        case openIDConfiguration
    }

    package enum EndpointName: String, Sendable, CaseIterable {
        case authorize, token, register, revoke, introspect, userinfo, jwks, consent, login, callback
    }

    package enum ClientStatus: String, Sendable, CaseIterable { case active, legacy, ignored }

    package enum AuthMethod: String, Sendable, CaseIterable {
        case none
        case clientSecretPost = "client_secret_post"
        case clientSecretBasic = "client_secret_basic"
        case privateKeyJWT = "private_key_jwt"

        /// The methods that send a client secret. A server that issues one must take Basic (RFC 6749 §2.3.1), and half of
        /// the clients send the form.
        package static let withSecret: [AuthMethod] = [.clientSecretBasic, .clientSecretPost]

        package var usesSecret: Bool { Self.withSecret.contains(self) }
    }

    /// Algorithms of assertions that clients sign, as the metadata lists them; no other is verified.
    package static let assertionAlgorithms = ["ES256", "RS256"]
    /// What ID tokens are signed with: the one algorithm that every relying party knows (OpenID Connect Discovery §3).
    package static let idTokenAlgorithm = "RS256"

    package enum TokenFormat: String, Sendable, CaseIterable { case opaque, jwt }

    package enum Provider: String, Sendable, CaseIterable { case oidc, auth0, supabase, keycloak, google, entra }
}
