import OAuthProtocol
import TestSupport
import Testing

@testable import AuthServer

@Suite("throttling")
struct AttemptTableTests {
    private static let start = UnixTime(seconds: 1_800_000_000)

    @Test("a burst passes, then one attempt each interval, to the millisecond")
    func burst() {
        var table = AttemptTable(AttemptLimit(burst: 3, interval: .seconds(10)), places: 8)
        for _ in 0..<3 {
            #expect(table.wait(0, now: Self.start) == nil)
            table.count(0, now: Self.start)
        }
        #expect(table.wait(0, now: Self.start) == .seconds(10))
        #expect(table.wait(0, now: Self.start + .milliseconds(9_999)) == .milliseconds(1))
        #expect(table.wait(0, now: Self.start + .seconds(10)) == nil)
        #expect(table.wait(1, now: Self.start) == nil)
    }

    @Test("an attempt that was right leaves the count as it was")
    func forgiveness() {
        var table = AttemptTable(AttemptLimit(burst: 2, interval: .seconds(10)), places: 1)
        for _ in 0..<100 {
            #expect(table.wait(0, now: Self.start) == nil)
            table.count(0, now: Self.start)
            table.forgive(0)
        }
    }

    @Test("a clock that was set back locks nobody out for longer than a full count")
    func clock() {
        var table = AttemptTable(AttemptLimit(burst: 2, interval: .seconds(10)), places: 1)
        table.count(0, now: Self.start)
        table.count(0, now: Self.start)
        let earlier = Self.start - .seconds(86_400)
        #expect((table.wait(0, now: earlier) ?? .zero) <= .seconds(20))
    }

    @Test("in no stretch of time do more pass than the burst and what the stretch gives", arguments: 0..<30)
    func property(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let limit = AttemptLimit(
            burst: Int.random(in: 1...12, using: &generator),
            interval: .milliseconds(Int.random(in: 1...5_000, using: &generator)))
        var table = AttemptTable(limit, places: 4)
        var now = Self.start
        var passed: [UnixTime] = []
        for _ in 0..<2_000 {
            now = now + .milliseconds(Int.random(in: 0...2_000, using: &generator))
            guard table.wait(0, now: now) == nil else { continue }
            table.count(0, now: now)
            passed.append(now)
        }
        for first in stride(from: 0, to: passed.count, by: 7) {
            for last in first..<min(first + 200, passed.count) {
                let allowed = Double(limit.burst) + (passed[last] - passed[first]) / limit.interval
                #expect(Double(last - first + 1) <= allowed + 0.001)
            }
        }
        #expect(passed.count >= limit.burst)
    }

    @Test("an attempt passes after the wait that was told, and not a millisecond before", arguments: 0..<20)
    func wait(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = AttemptTable(AttemptLimit(burst: 5, interval: .milliseconds(700)), places: 2)
        var now = Self.start
        for _ in 0..<500 {
            now = now + .milliseconds(Int.random(in: 0...400, using: &generator))
            if let wait = table.wait(1, now: now) {
                #expect(table.wait(1, now: now + wait) == nil)
                #expect(table.wait(1, now: now + wait - .milliseconds(1)) != nil)
            } else {
                table.count(1, now: now)
            }
        }
    }

    @Test("an address is an IPv4 address or a /64")
    func addresses() {
        #expect(ClientAddress("2001:db8::1") == ClientAddress("2001:0db8:0:0:ffff::9"))
        #expect(ClientAddress("2001:db8::1") != ClientAddress("2001:db8:0:1::1"))
        #expect(ClientAddress("::ffff:192.0.2.1") == ClientAddress("192.0.2.1"))
        #expect(ClientAddress("192.0.2.1") != ClientAddress("192.0.2.2"))
        #expect(ClientAddress("unix") == ClientAddress("unix"))
        #expect(ClientAddress("192.0.2.1, 192.0.2.2") != ClientAddress("192.0.2.1"))
    }
}
