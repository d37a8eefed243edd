package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// A bearer token that a program of the operator presents to one resource; it never expires and is no client's.
    package struct ServiceToken: Hashable, Sendable {
        package var label: String
        package var token: Token
        package var subject: String
        /// The resource identifier, which is one of the config's resources.
        package var resource: String
        package var scopes: [String]

        /// How the server recognises it; the token itself never stands in the file.
        package enum Token: Hashable, Sendable {
            /// SHA-256 of the token's bytes in 64 lower-case hexadecimal digits.
            case sha256(String)
            case secret(SecretReference)
        }

        package init(label: String, token: Token, subject: String, resource: String, scopes: [String]) {
            self.label = label
            self.token = token
            self.subject = subject
            self.resource = resource
            self.scopes = scopes
        }
    }
}

package enum ServiceTokenKey: String, RuntimeKey {
    case label, token, subject, resource, scopes
}

package enum TokenKey: String, RuntimeKey {
    case sha256, env, file
}

extension RuntimeConfig.ServiceToken {
    static let codec = ValueCodec.object(
        Member(ServiceTokenKey.label, .text, "What logs call it.", { $0.label }),
        Member(ServiceTokenKey.token, Token.codec, "How the server recognises it.", { $0.token }),
        Member(ServiceTokenKey.subject, .text, "Who comes by it.", { $0.subject }),
        Member(ServiceTokenKey.resource, .text(PublicURL.self), "The one resource that it is for.", { $0.resource }),
        Member(ServiceTokenKey.scopes, .list(.text(ScopeToken.self)), "What it may do there.", { $0.scopes })
    ) { Self(label: $0, token: $1, subject: $2, resource: $3, scopes: $4) }
}

extension RuntimeConfig.ServiceToken.Token {
    static let codec = ValueCodec<Self>.choice(
        [
            .init(
                TokenKey.sha256, .text(SHA256Digest.self), "The SHA-256 of the token.", make: { .sha256($0) },
                payload: { if case .sha256(let digest) = $0 { digest } else { nil } }),
            .init(
                TokenKey.env, .value, "The environment variable that holds it.",
                make: { .secret(.environment($0)) },
                payload: { if case .secret(.environment(let name)) = $0 { name } else { nil } }),
            .init(
                TokenKey.file, .text(FilePath.self), "The file that holds it.", make: { .secret(.file($0)) },
                payload: { if case .secret(.file(let path)) = $0 { path } else { nil } }),
        ],
        help:
            "write {\"sha256\": DIGEST}, {\"env\": NAME} or {\"file\": PATH}; a token itself never stands in this file")
}
