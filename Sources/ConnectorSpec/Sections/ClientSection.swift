package import Diagnostics

/// One entry of `clients:`, a profile of the catalogue by name, or a predefined client.
package struct ClientSection: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case active
        /// Still accepted, no longer advertised.
        case legacy
        /// Known and refused; listed so that drift reports can explain it.
        case ignored
    }
    package enum AuthMethod: String, Sendable, CaseIterable {
        case none
        case clientSecretPost = "client_secret_post"
        case clientSecretBasic = "client_secret_basic"
        case privateKeyJWT = "private_key_jwt"
    }

    /// The catalogue's name of the profile, `chatgpt`.
    package var profile: Located<String>?
    package var id: Located<ClientID>?
    package var label: Located<String>?
    package var owner: Located<String>?
    package var status: Located<Status>?
    package var redirectURIs: [Located<RedirectURI>]
    package var authMethod: Located<AuthMethod>?
    package var secret: Located<SecretReference>?
    /// True where `secret` is written, also when it could not be read.
    package var hasSecret: Bool
    /// Where the public keys are of a client of `private_key_jwt`.
    package var keysURL: Located<PublicURL>?
    /// The scopes that it may be granted; nil for all there are.
    package var scopes: [Located<ScopeToken>]?
    /// True for a resource server, which may ask about tokens of other clients (RFC 7662).
    package var introspects: Located<Bool>?
    package var span: Span
}
