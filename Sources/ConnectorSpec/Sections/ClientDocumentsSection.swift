package import Diagnostics

/// `issuer.client_documents:`, what a client's metadata document may be and do (lane `cimd`).
package struct ClientDocumentsSection: Sendable {
    package enum Assertions: String, Sendable, CaseIterable { case accepted, required, refused }
    package enum Audience: String, Sendable, CaseIterable {
        case issuer
        case issuerOrTokenEndpoint = "issuer_or_token_endpoint"
    }

    /// Hosts that documents may come from; empty for every public host.
    package var hosts: [Located<HostName>]
    /// Whether clients may prove by a signature who they are (`private_key_jwt`).
    package var assertions: Located<Assertions>?
    package var audience: Located<Audience>?
    package var span: Span
}
