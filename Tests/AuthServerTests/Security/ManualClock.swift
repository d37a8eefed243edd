import HTTPServer
import OAuthProtocol
import OAuthStores

@testable import AuthServer

/// A clock that a test sets, and that stands still in between.
final class ManualClock: Sendable {
    static let start = UnixTime(seconds: 1_800_000_000)

    private let time: Locked<UnixTime>

    init(at start: UnixTime = start) {
        time = Locked(start)
    }

    var clock: Clock { Clock { [self] in now } }
    var now: UnixTime { time.withLock { $0 } }

    /// Goes on by a span, or back by a negative one.
    func pass(_ span: Duration) {
        time.withLock { $0 = $0 + span }
    }
}
