import HTTPServer
import OAuthProtocol

/// Bounds what unauthenticated callers can make this server fetch: each of them first, then all together and from one
/// host.
final class EgressLimit: Sendable {
    private struct State: Sendable {
        let asked: AttemptLimit
        var askers: AttemptTable
        var end = UnixTime(seconds: 0)
        var known = 0
        var unknown = 0
        /// Of unknown documents; no more hosts than fetches.
        var byHost: [String: Int] = [:]

        init(_ asked: AttemptLimit) {
            self.asked = asked
            askers = AttemptTable(asked, places: EgressLimit.places)
        }

        /// Begins the next minute when it is time. A clock that was set back makes it time, too, and what was counted
        /// then says nothing.
        mutating func begin(_ now: UnixTime) {
            let isSetBack = now + .seconds(60) < end
            guard isSetBack || now >= end else { return }
            if isSetBack { askers = AttemptTable(asked, places: EgressLimit.places) }
            end = now + .seconds(60)
            known = 0
            unknown = 0
            byHost = [:]
        }
    }

    private let limits: DocumentLimits
    private let state: Locked<State>

    /// 32 KiB: two unauthenticated callers seldom share a count.
    private static let places = 4_096

    init(_ limits: DocumentLimits) {
        self.limits = limits
        let most = max(1, limits.fetchesPerAsker)
        state = Locked(State(AttemptLimit(burst: most, interval: .seconds(60) / most)))
    }

    /// Counts a fetch; answers nil when it may happen, otherwise the seconds after which to try again.
    func wait(host: String, asker: ClientAddress, isKnown: Bool, now: UnixTime) -> Int? {
        state.withLock { state in
            state.begin(now)
            let place = state.askers.place(of: asker)
            state.askers.settle(place, now: now)
            if let wait = state.askers.wait(place, now: now) { return wait.retryAfter }
            let ofHost = state.byHost[host, default: 0]
            let isFree =
                isKnown
                ? state.known < limits.knownFetchesPerMinute
                : state.unknown < limits.fetchesPerMinute && ofHost < limits.fetchesPerHostAndMinute
            guard isFree else { return (state.end - now).retryAfter }
            state.askers.count(place, now: now)
            if isKnown {
                state.known += 1
            } else {
                state.unknown += 1
                state.byHost[host] = ofHost + 1
            }
            return nil
        }
    }
}
