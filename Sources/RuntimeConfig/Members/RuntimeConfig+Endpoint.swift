package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Endpoint: Hashable, Sendable {
        package var name: EndpointName
        package var path: String

        package init(name: EndpointName, path: String) {
            self.name = name
            self.path = path
        }
    }
}

package enum EndpointKey: String, RuntimeKey {
    case name, path
}

extension RuntimeConfig.Endpoint {
    static let codec = ValueCodec.object(
        Member(EndpointKey.name, .word, "Which endpoint.", { $0.name }),
        Member(EndpointKey.path, .text(RoutePath.self), "Its path on the issuer's host.", { $0.path })
    ) { Self(name: $0, path: $1) }
}
