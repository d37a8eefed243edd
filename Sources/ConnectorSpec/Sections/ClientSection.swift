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
    package var allowIntrospection: Located<Bool>?
    package var span: Span
}

extension ClientSection {
    package enum Default {
        package static let status = ClientStatus.active
        package static let allowIntrospection = false
    }

    static let keys = SectionKeys<Self>(
        "clients[]", "A profile of the catalogue with changes, or a client that is known before it comes.",
        Key("profile", .profile, .conditional("or `id`"), "A profile of the catalogue.", example: "chatgpt"),
        Key(
            "id", .clientID, .conditional("or `profile`"), "The client's identifier, kept byte for byte.",
            example: "cid_example"),
        Key(
            "label", .plain, .optional("the id or the profile's name"), "What people read.",
            example: "old ChatGPT registration"),
        Key(
            "status", .choice(ClientStatus.self), .standard(Default.status),
            "`legacy` is accepted and not advertised; `ignored` is refused and listed.", example: "legacy"),
        Key(
            "redirect_uris", .list(.redirectURI), .optional("those of the profile"),
            "Where the client may be sent back to, byte for byte.",
            example: "[https://client.example.com/callback]"),
        Key(
            "auth_method", .choice(AuthenticationMethod.self),
            .optional("none, or with a secret both client_secret_basic and client_secret_post"),
            "The one way in which the client authenticates at the token endpoint.", example: "client_secret_post"),
        Key(
            "secret", .secret, .optional("none"), "The client's secret.", example: "{ env: BILLING_BOT_SECRET }"),
        Key(
            "jwks_uri", .publicURL, .conditional("required with auth_method private_key_jwt"),
            "Where the client's public keys are (RFC 7591 §2).", example: "https://client.example.com/jwks.json"),
        Key(
            "scopes", .list(.scope), .optional("all there are"), "The scopes that it may be granted.",
            example: "[mcp.tools]"),
        Key(
            "allow_introspection", .boolean, .standard(Default.allowIntrospection),
            "A resource server, which may ask about tokens of other clients (RFC 7662); needs a secret or keys.",
            example: "true")
    ) { section, profile, id, label, status, redirects, authMethod, secret, keysURL, scopes, allowIntrospection in
        ClientSection(
            profile: profile, id: id, label: label, status: status, redirectURIs: redirects ?? [],
            authMethod: authMethod, secret: secret, hasSecret: section.entry("secret") != nil, keysURL: keysURL,
            scopes: scopes, allowIntrospection: allowIntrospection, span: section.span)
    }
}
