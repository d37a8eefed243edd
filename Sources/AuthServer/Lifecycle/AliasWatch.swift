import Diagnostics
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// Tells the operator of legacy aliases whose sunset is near or past, at the start and as the days go by.
struct AliasWatch: Sendable {
    private let aliases: [RuntimeConfig.Alias]
    private let config: RuntimeConfig

    init(_ config: RuntimeConfig) {
        self.config = config
        aliases = config.legacyAliases
    }

    /// One line for each alias that ends within ``RuntimeConfig/Alias/notice`` or has ended.
    func notices(at now: UnixTime) -> [String] {
        aliases.compactMap { alias in
            let path = DisplayText.escaped(alias.path)
            switch alias.phase(at: now) {
            case .served: return nil
            case .ending:
                let place = config.url(of: alias.endpoint) ?? alias.endpoint.rawValue
                return "the legacy alias \(path) ends on \(alias.sunset.text): lead its clients to "
                    + "\(DisplayText.escaped(place)) before, or give it a later sunset"
            case .gone:
                return "the legacy alias \(path) ended on \(alias.sunset.text) and answers 410: take it out of the spec"
            }
        }
    }

    /// Looks until it is cancelled; each notice is told once.
    func run(every interval: Duration = .seconds(3_600), clock: Clock, tell: @Sendable (String) -> Void) async {
        guard !aliases.isEmpty else { return }
        var told: Set<String> = []
        while true {
            for notice in notices(at: clock.now) where told.insert(notice).inserted { tell(notice) }
            do { try await Task.sleep(for: interval) } catch { return }
        }
    }
}
