package import Diagnostics
package import OAuthModel
import WebSyntax

/// `bearer:`, tokens of the application's own beside those of the issuer.
package struct BearerSection: Sendable {
    /// How tokens begin that go to the application untouched, which judges them.
    package var pass: [Located<TokenPrefix>]
    package var span: Span

    /// Where its values stand: what is made from one of them is found by that key.
    package var valueSpans: [Span] { pass.map(\.span) }
}

extension BearerSection {
    static let keys = SectionKeys<Self>(
        "connectors.NAME.bearer", "Tokens of the application's own beside those of the issuer (`verify: edge`).",
        Key(
            "pass", .list(.tokenPrefix), .optional("none"),
            "How tokens begin that go to the MCP server untouched and unverified; it has to judge each of them.",
            example: "[pat_]")
    ) { BearerSection(pass: $1 ?? [], span: $0.span) }
}
