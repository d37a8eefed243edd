package import Diagnostics
package import WebSyntax

/// `issuer.documents:`, paths at the issuer's own address.
package struct IssuerDocumentsSection: Sendable {
    /// Authorization server metadata (RFC 8414).
    package var oauth: Located<RoutePath>?
    /// OpenID provider metadata (OpenID Connect Discovery 1.0), which clients of OAuth can read too.
    package var openid: Located<RoutePath>?
    package var span: Span

    /// Where its values stand: what is made from one of them is found by that key.
    package var valueSpans: [Span] { [oauth, openid].compactMap { $0?.span } }
}

extension IssuerDocumentsSection {
    static let keys = SectionKeys<Self>(
        "issuer.documents",
        "Where an external issuer has its documents, as paths at `issuer.upstream`; every place where clients ask leads there.",
        Key(
            "oauth", .path, .optional("the document of `openid`, where that is written"),
            "The authorization server metadata (RFC 8414).",
            example: "/.well-known/oauth-authorization-server"),
        Key(
            "openid", .path, .optional("none, where `oauth` is written"),
            "The OpenID provider metadata; clients take it where there is no other.",
            example: "/.well-known/openid-configuration")
    ) { IssuerDocumentsSection(oauth: $1, openid: $2, span: $0.span) }
}
