package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// The registration method of Client ID Metadata Documents, and the assertions that such clients sign.
    package struct ClientDocuments: Hashable, Sendable {
        /// Hosts that documents may come from, byte for byte; empty for every public host.
        package var hosts: [String]
        package var assertions: ClientAssertions
        package var audience: AssertionAudience

        package init(
            hosts: [String] = [], assertions: ClientAssertions = .refused,
            audience: AssertionAudience = .issuerOrTokenEndpoint
        ) {
            self.hosts = hosts
            self.assertions = assertions
            self.audience = audience
        }
    }
}

package enum ClientDocumentsKey: String, RuntimeKey {
    case hosts, assertions
    case audience = "assertion_audience"
}

extension RuntimeConfig.ClientDocuments {
    static let codec = ValueCodec.object(
        Member(
            ClientDocumentsKey.hosts, .list(.text(HostName.self)),
            "Hosts that documents may come from; empty for every public host.", { $0.hosts }),
        Member(
            ClientDocumentsKey.assertions, .word, "Whether clients may sign who they are (RFC 7523).",
            { $0.assertions }),
        Member(ClientDocumentsKey.audience, .word, "What `aud` of an assertion may be.", { $0.audience })
    ) { Self(hosts: $0, assertions: $1, audience: $2) }
}
