package import Diagnostics
package import OAuthModel
package import WebSyntax

/// One entry of `clients:`, a profile of the catalogue by name, or a predefined client.
package struct ClientSection: Sendable {
    /// The catalogue's name of the profile, `chatgpt`.
    package var profile: Located<String>?
    package var id: Located<ClientID>?
    package var label: Located<String>?
    package var status: Located<ClientStatus>?
    package var redirectURIs: [Located<CanonicalRedirectURI>]
    package var authMethod: Located<AuthenticationMethod>?
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
