package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Client: Hashable, Sendable {
        package var id: String
        package var label: String
        package var status: ClientStatus
        /// How it may authenticate; one with a secret that the spec does not bind to a method may use Basic and the
        /// form.
        package var authMethods: [AuthenticationMethod]
        package var secret: SecretReference?
        /// Where the keys are of a client that authenticates by `private_key_jwt`.
        package var keysURL: String?
        /// The scopes that it may be granted; empty for a client that may be granted all there are.
        package var scopes: [String]
        /// True for a resource server, which may ask about tokens of other clients (RFC 7662).
        package var allowIntrospection: Bool
        /// Its own; empty for a client that may be redirected to all of the deployment's `redirects`.
        package var redirects: [Redirect]

        package init(
            id: String, label: String, status: ClientStatus, authMethods: [AuthenticationMethod],
            secret: SecretReference?,
            redirects: [Redirect],
            keysURL: String? = nil, scopes: [String] = [], allowIntrospection: Bool = false
        ) {
            self.id = id
            self.label = label
            self.status = status
            self.authMethods = authMethods
            self.secret = secret
            self.redirects = redirects
            self.keysURL = keysURL
            self.scopes = scopes
            self.allowIntrospection = allowIntrospection
        }
    }
}

package enum ClientKey: String, RuntimeKey {
    case id, label, status
    case authMethods = "auth_methods"
    case secret
    case keysURL = "jwks_uri"
    case scopes, redirects
    case allowIntrospection = "allow_introspection"
}

extension RuntimeConfig.Client {
    static let codec = ValueCodec.object(
        Member(ClientKey.id, .text(ClientID.self), "The client identifier.", { $0.id }),
        Member(ClientKey.label, .text, "What people read.", { $0.label }),
        Member(ClientKey.status, .word, "What it may do.", { $0.status }),
        Member(
            ClientKey.authMethods, .list(.word), "How it may authenticate; with a secret of no stated method, by both.",
            { $0.authMethods }),
        Member(optional: ClientKey.secret, .secret, "Its secret.", { $0.secret }),
        Member(
            optional: ClientKey.keysURL, .text(PublicURL.self), "Its public keys, of a client of `private_key_jwt`.",
            { $0.keysURL }),
        Member(
            ClientKey.scopes, .list(.text(ScopeToken.self)), "Scopes that it may be granted; empty for all.",
            { $0.scopes }),
        Member(
            ClientKey.allowIntrospection, .flag, "A resource server, which may ask about tokens of others (RFC 7662).",
            { $0.allowIntrospection }),
        Member(
            ClientKey.redirects, .list(RuntimeConfig.Redirect.codec), "Its own; empty for those of the deployment.",
            { $0.redirects })
    ) {
        Self(
            id: $0, label: $1, status: $2, authMethods: $3, secret: $4, redirects: $8, keysURL: $5, scopes: $6,
            allowIntrospection: $7)
    }
}
