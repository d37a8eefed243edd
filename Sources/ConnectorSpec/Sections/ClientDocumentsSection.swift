package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer.client_documents:`, what a client's metadata document may be and do (registration method `cimd`).
package struct ClientDocumentsSection: Sendable {
    /// Hosts that documents may come from; empty for every public host.
    package var hosts: [Located<HostName>]
    /// Whether clients may prove by a signature who they are (`private_key_jwt`).
    package var assertions: Located<ClientAssertions>?
    package var audience: Located<AssertionAudience>?
    package var span: Span
}

extension ClientDocumentsSection {
    package enum Default {
        package static let assertions = ClientAssertions.accepted
        package static let audience = AssertionAudience.issuerOrTokenEndpoint
    }

    static let keys = SectionKeys<Self>(
        "issuer.client_documents", "What a client's metadata document may be and do (registration method `cimd`).",
        Key(
            "hosts", .list(.host), .optional("every public host"),
            "Hosts that documents may come from. One that is taken out gets no more codes and no more tokens.",
            example: "[chatgpt.com, claude.ai]"),
        Key(
            "assertions", .choice(ClientAssertions.self), .standard(Default.assertions),
            "Whether clients may sign who they are (`private_key_jwt`); `required`: those with a document must.",
            example: "accepted"),
        Key(
            "assertion_audience", .choice(AssertionAudience.self), .standard(Default.audience),
            "What the `aud` of such a signature may be.", example: "issuer")
    ) { ClientDocumentsSection(hosts: $1 ?? [], assertions: $2, audience: $3, span: $0.span) }
}
