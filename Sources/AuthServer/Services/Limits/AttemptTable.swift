import OAuthProtocol

/// Counts attempts by key in a table of fixed size.
///
/// A key has its place by a hash that nobody outside can foresee, so nothing grows, nothing is looked for, and nobody
/// can push another's count out of the table by inventing keys; keys that share a place share a count. Each place holds
/// one moment, when its attempts are forgotten (the generic cell rate algorithm, ITU-T I.371).
struct AttemptTable: Sendable {
    private let limit: AttemptLimit
    /// Milliseconds.
    private let interval: Int64
    private var forgotten: [Int64]

    init(_ limit: AttemptLimit, places: Int) {
        self.limit = limit
        let (seconds, attoseconds) = limit.interval.components
        interval = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        forgotten = [Int64](repeating: 0, count: max(1, places))
    }

    /// The place of a key. Swift seeds the hash of each process anew.
    func place(of key: some Hashable) -> Int {
        Int(UInt(bitPattern: key.hashValue) % UInt(forgotten.count))
    }

    /// How long to wait before another attempt; nil when it may be made now.
    func wait(_ place: Int, now: UnixTime) -> Duration? {
        let over = timestamp(place, now) - now.milliseconds - Int64(limit.burst - 1) * interval
        return over > 0 ? .milliseconds(over) : nil
    }

    /// Takes back what a clock that was set back since has made of a count. Without it the place would be as full until
    /// the clock has caught up.
    mutating func settle(_ place: Int, now: UnixTime) {
        forgotten[place] = min(forgotten[place], timestamp(place, now))
    }

    mutating func count(_ place: Int, now: UnixTime) {
        forgotten[place] = timestamp(place, now) + interval
    }

    /// Takes back what was counted, for an attempt that was right.
    mutating func forgive(_ place: Int) {
        forgotten[place] -= interval
    }

    /// A clock that was set back must not lock anybody out for longer than a full count does.
    private func timestamp(_ place: Int, _ now: UnixTime) -> Int64 {
        min(max(forgotten[place], now.milliseconds), now.milliseconds + Int64(limit.burst) * interval)
    }
}
