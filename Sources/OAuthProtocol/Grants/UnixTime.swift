/// A moment in milliseconds since 1970-01-01T00:00:00Z. Nothing here reads a clock: times come in from outside.
package struct UnixTime: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package init(seconds: Int64) {
        milliseconds = seconds * 1000
    }

    /// Whole seconds, as protocol documents say them; a fraction is cut off.
    package var seconds: Int64 { milliseconds / 1000 }

    package static func < (left: UnixTime, right: UnixTime) -> Bool { left.milliseconds < right.milliseconds }

    package static func + (time: UnixTime, span: Duration) -> UnixTime {
        let (seconds, attoseconds) = span.components
        return UnixTime(milliseconds: time.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    package static func - (time: UnixTime, span: Duration) -> UnixTime { time + (.zero - span) }

    package static func - (left: UnixTime, right: UnixTime) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}
