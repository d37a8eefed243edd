import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// A text that proves to somebody else that the host is ours, answered as `text/plain` without a line end.
    package struct DomainProof: Hashable, Sendable {
        package var host: String
        package var path: String
        package var text: String

        package init(host: String, path: String, text: String) {
            self.host = host
            self.path = path
            self.text = text
        }
    }
}

package enum DomainProofKey: String, RuntimeKey {
    case host, path, text
}

extension RuntimeConfig.DomainProof {
    static let codec = ValueCodec.object(
        Member(DomainProofKey.host, .text, "A host name, without port.", { $0.host }),
        Member(DomainProofKey.path, .text(RoutePath.self), "An exact path.", { $0.path }),
        Member(DomainProofKey.text, .text, "The token.", { $0.text })
    ) { Self(host: $0, path: $1, text: $2) }
}
