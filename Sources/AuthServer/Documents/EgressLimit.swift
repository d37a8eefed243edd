import HTTPServer
import OAuthProtocol

/// Bounds what strangers can make this server fetch, all together and from one host, by counting over a minute.
final class EgressLimit: Sendable {
    private struct Minute: Sendable {
        var end = UnixTime(seconds: 0)
        var total = 0
        /// No more hosts than fetches.
        var byHost: [String: Int] = [:]
    }

    private let limits: DocumentLimits
    private let minute = Locked(Minute())

    init(_ limits: DocumentLimits) {
        self.limits = limits
    }

    /// Counts a fetch; answers nil when it may happen, otherwise the seconds after which to try again.
    func wait(host: String, now: UnixTime) -> Int? {
        minute.withLock { minute in
            // A clock that was set back begins a new minute, too.
            if now >= minute.end || now + .seconds(60) < minute.end {
                minute = Minute(end: now + .seconds(60))
            }
            let ofHost = minute.byHost[host, default: 0]
            guard minute.total < limits.fetchesPerMinute, ofHost < limits.fetchesPerHostAndMinute else {
                return max(1, Int((minute.end.milliseconds - now.milliseconds + 999) / 1000))
            }
            minute.total += 1
            minute.byHost[host] = ofHost + 1
            return nil
        }
    }
}
