/// How a client authenticates at the token endpoint (`token_endpoint_auth_method`, RFC 7591 §2, OpenID Connect Core
/// §9).
package enum AuthenticationMethod: String, Hashable, Sendable, CaseIterable {
    /// A public client (RFC 6749 §2.1).
    case none
    case clientSecretPost = "client_secret_post"
    case clientSecretBasic = "client_secret_basic"
    case privateKeyJWT = "private_key_jwt"

    /// The methods that send a client secret. A server that issues one must take Basic (RFC 6749 §2.3.1), and half of
    /// the clients send the form.
    package static let withSecret: [AuthenticationMethod] = [.clientSecretBasic, .clientSecretPost]

    package var usesSecret: Bool { Self.withSecret.contains(self) }
}
