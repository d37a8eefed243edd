package import Diagnostics
package import WebSyntax

/// `issuer.login.user_api:`, a provider that speaks OAuth 2.0 without OpenID Connect.
package struct UserAPISection: Sendable {
    package var authorizationEndpoint: Located<PublicURL>
    package var tokenEndpoint: Located<PublicURL>
    package var user: Located<PublicURL>
    package var emails: Located<PublicURL>?
    package var organizations: Located<PublicURL>?
    package var span: Span
}

extension UserAPISection {
    static let keys = SectionKeys<Self>(
        "issuer.login.user_api",
        "A provider that speaks OAuth 2.0 without OpenID Connect: where people go, and what says who they are.",
        Key(
            "authorization_endpoint", .publicURL, "Where people are sent (RFC 6749 §3.1).",
            example: "https://git.example.com/login/oauth/authorize"),
        Key(
            "token_endpoint", .publicURL, "Where a code is redeemed (RFC 6749 §3.2).",
            example: "https://git.example.com/login/oauth/access_token"),
        Key(
            "user", .publicURL, "What answers with one JSON object about the person.",
            example: "https://git.example.com/api/v3/user"),
        Key(
            "emails", .publicURL, .optional("`email` and `email_verified` of `user`"),
            "What answers with the person's addresses, each with `email`, `primary` and `verified`.",
            example: "https://git.example.com/api/v3/user/emails"),
        Key(
            "organizations", .publicURL, .optional("none"),
            "What answers with the organisations of the person, each with `login` and `id`: the claims `organizations` and "
                + "`organization_ids`.",
            example: "https://git.example.com/api/v3/user/orgs")
    ) {
        UserAPISection(
            authorizationEndpoint: $1, tokenEndpoint: $2, user: $3, emails: $4, organizations: $5, span: $0.span)
    }
}
