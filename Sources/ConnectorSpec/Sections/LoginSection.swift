package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer.login:`, the provider where people prove who they are (mode `upstream`).
package struct LoginSection: Sendable {
    package var provider: Located<LoginProvider>
    package var issuer: Located<IssuerURL>
    package var clientID: Located<ClientID>
    package var clientSecret: Located<SecretReference>?
    package var scopes: [Located<ScopeToken>]?
    /// Auth0's `audience` and the like: extra parameters of the authorization request.
    package var parameters: [(name: Located<String>, value: Located<String>)]
    package var span: Span
}

extension LoginSection {
    package enum Default {
        package static let scopes = ["openid", "profile", "email"]
    }

    static let keys = SectionKeys<Self>(
        "issuer.login", "The provider where people prove who they are (mode `upstream`).",
        Key("provider", .choice(LoginProvider.self), "The kind of provider.", example: "supabase"),
        Key(
            "issuer", .issuerURL, "The provider's issuer, exactly as its own document has it.",
            example: "https://project.supabase.co/auth/v1"),
        Key("client_id", .clientID, "Our client at the provider.", example: "cid_example"),
        Key(
            "client_secret", .secret, .optional("a public client"), "Our secret at the provider.",
            example: "{ env: SUPABASE_OAUTH_SECRET }"),
        Key(
            "scopes", .list(.scope), .optional(Default.scopes.joined(separator: ", ")),
            "What we ask the provider for.", example: "[openid, email]"),
        Key(
            "parameters", .pairs, .optional("none"), "Further parameters of the authorization request.",
            example: "{ audience: https://api.example.com }")
    ) {
        LoginSection(
            provider: $1, issuer: $2, clientID: $3, clientSecret: $4, scopes: $5, parameters: $6 ?? [], span: $0.span)
    }
}
