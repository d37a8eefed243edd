import Glibc
import OAuthProtocol

/// Where the time of day comes from; tests bring one that stands still.
struct Clock: Sendable {
    let read: @Sendable () -> UnixTime

    var now: UnixTime { read() }

    static let system = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
