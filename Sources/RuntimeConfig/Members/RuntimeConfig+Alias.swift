package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Alias: Hashable, Sendable {
        package var path: String
        package var endpoint: EndpointName
        package var sunset: CalendarDate
        package var defaultClient: String?

        package init(path: String, endpoint: EndpointName, sunset: CalendarDate, defaultClient: String?) {
            self.path = path
            self.endpoint = endpoint
            self.sunset = sunset
            self.defaultClient = defaultClient
        }
    }
}

package enum AliasKey: String, RuntimeKey {
    case path, endpoint, sunset
    case defaultClient = "default_client"
}

extension RuntimeConfig.Alias {
    static let codec = ValueCodec.object(
        Member(AliasKey.path, .text(RoutePath.self), "The path.", { $0.path }),
        Member(AliasKey.endpoint, .word, "Which endpoint it leads to.", { $0.endpoint }),
        Member(AliasKey.sunset, .value, "From this day on it answers 410 (RFC 8594).", { $0.sunset }),
        Member(
            optional: AliasKey.defaultClient, .text(ClientID.self), "Whose a request without `client_id` is.",
            { $0.defaultClient })
    ) { Self(path: $0, endpoint: $1, sunset: $2, defaultClient: $3) }
}
