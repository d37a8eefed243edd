package import Diagnostics
package import WebSyntax

/// `identity_headers:`, by which names the MCP server learns who is calling (`verify: edge`).
package struct IdentityHeadersSection: Sendable {
    package var subject, issuer, client, scopes: Located<IdentityHeaderName>?
    package var span: Span

    /// Where its values stand: what is made from one of them is found by that key.
    package var valueSpans: [Span] { [subject, issuer, client, scopes].compactMap { $0?.span } }
}

extension IdentityHeadersSection {
    static let keys = SectionKeys<Self>(
        "connectors.NAME.identity_headers",
        "By which names the MCP server learns who is calling (`verify: edge`). What a client sends by any of them, or by the "
            + "standard ones, does not reach it.",
        Key("subject", .identityHeaderName, .optional("X-MCP-Subject"), "The subject.", example: "X-User-Id"),
        Key(
            "issuer", .identityHeaderName, .optional("X-MCP-Issuer"), "Who issued the token.", example: "X-User-Issuer"),
        Key("client", .identityHeaderName, .optional("X-MCP-Client"), "The client.", example: "X-Client-Id"),
        Key("scopes", .identityHeaderName, .optional("X-MCP-Scopes"), "The scopes of the token.", example: "X-Scopes")
    ) { IdentityHeadersSection(subject: $1, issuer: $2, client: $3, scopes: $4, span: $0.span) }
}
