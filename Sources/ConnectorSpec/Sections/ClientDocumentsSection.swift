package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer.client_documents:`, what a client's metadata document may be and do (lane `cimd`).
package struct ClientDocumentsSection: Sendable {
    /// Hosts that documents may come from; empty for every public host.
    package var hosts: [Located<HostName>]
    /// Whether clients may prove by a signature who they are (`private_key_jwt`).
    package var assertions: Located<ClientAssertions>?
    package var audience: Located<AssertionAudience>?
    package var span: Span
}
