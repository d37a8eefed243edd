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
    /// How the secret is sent, where the provider's document does not say it rightly.
    package var authMethod: Located<ClientSecretMethod>?
    /// The claim that is the subject of our tokens.
    package var subject: Located<String>?
    /// Subjects of ours for what the provider says.
    package var subjects: [(name: Located<String>, value: Located<String>)]
    /// Who may come; empty for everybody whom the provider knows.
    package var allow: [LoginAdmissionSection]
    package var userAPI: UserAPISection?
    package var span: Span
}

extension LoginSection {
    package enum Default {
        /// The one claim that no provider changes (OpenID Connect Core §2).
        package static let subject = "sub"
    }

    static let keys = SectionKeys<Self>(
        "issuer.login", "The provider where people prove who they are (mode `upstream`).",
        Key("provider", .choice(LoginProvider.self), "The kind of provider.", example: "supabase"),
        Key(
            "issuer", .issuerURL,
            "The provider's issuer, exactly as its own document has it; the address of one that has none.",
            example: "https://project.supabase.co/auth/v1"),
        Key("client_id", .clientID, "Our client at the provider.", example: "cid_example"),
        Key(
            "client_secret", .secret, .optional("a public client"), "Our secret at the provider.",
            example: "{ env: SUPABASE_OAUTH_SECRET }"),
        Key(
            "scopes", .list(.scope), .optional("openid, profile, email; what `github` needs; none with oauth2"),
            "What we ask the provider for.", example: "[openid, email]"),
        Key(
            "parameters", .pairs, .optional("none"), "Further parameters of the authorization request.",
            example: "{ audience: https://api.example.com }"),
        Key(
            "token_endpoint_auth_method", .choice(ClientSecretMethod.self),
            .optional("what the provider's document says"),
            "How the client secret is sent to the provider.", example: "client_secret_post"),
        Key(
            "subject", .plain, .optional("\(Default.subject); id with github"),
            "The claim that becomes the subject (`sub`) of our tokens; `email` counts when it is verified, and follows its "
                + "owner's next address.", example: "sub"),
        Key(
            "subjects", .pairs, .optional("what the provider says"),
            "Subjects in place of what the provider says, so that people keep theirs when the provider is another.",
            example: "{ \"auth0|507f1f77\": \"alice\" }"),
        Key(
            "allow", .list(.section(LoginAdmissionSection.keys)), .optional("everybody whom the provider knows"),
            "Who may come, each by one way.", example: "[{ domain: example.com }]"),
        Key(
            "user_api", .section(UserAPISection.keys), .conditional("required with provider oauth2"),
            "Where to ask who somebody is, at a provider without OpenID Connect. `github` has github.com's.",
            example:
                "{ authorization_endpoint: https://git.example.com/login/oauth/authorize, token_endpoint: https://git.example.com/login/oauth/access_token, user: https://git.example.com/api/v3/user }"
        )
    ) {
        LoginSection(
            provider: $1, issuer: $2, clientID: $3, clientSecret: $4, scopes: $5, parameters: $6 ?? [], authMethod: $7,
            subject: $8, subjects: $9 ?? [], allow: $10 ?? [], userAPI: $11, span: $0.span)
    }
}
