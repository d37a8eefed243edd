import OAuthProtocol
import RuntimeConfig

extension RuntimeConfig.Alias {
    /// For so long before its sunset an alias is ending.
    static let notice = Duration.seconds(30 * 86_400)

    func phase(at now: UnixTime) -> Phase {
        phase(today: now.utcDate, warningFrom: (now + Self.notice).utcDate)
    }
}
