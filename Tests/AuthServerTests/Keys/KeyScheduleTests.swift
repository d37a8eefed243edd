import OAuthProtocol
import OAuthStores
import TestSupport
import Testing

@testable import AuthServer

@Suite("the schedule of signing keys")
struct KeyScheduleTests {
    private static let start = ManualClock.start
    private let policy = KeyPolicy()

    /// The keys after a step was taken.
    private func applying(_ step: KeySchedule.Step, to keys: [SigningKey], at now: UnixTime, name: String)
        -> [SigningKey]
    {
        guard case .add(let addition) = step, addition.newest == keys.last?.id else { return keys }
        var keys = keys
        if let last = keys.indices.last { keys[last].retiresAt = addition.retirement }
        return keys + [
            SigningKey(
                id: name, publicKey: "{}", sealedPrivateKey: [], createdAt: now, activeFrom: addition.activeFrom)
        ]
    }

    @Test("the first key signs at once, and nothing more is asked for")
    func first() throws {
        let none = KeySchedule(keys: [], policy: policy)
        #expect(none.signer(at: Self.start) == nil)
        let keys = applying(none.step(at: Self.start), to: [], at: Self.start, name: "a")
        let schedule = KeySchedule(keys: keys, policy: policy)
        #expect(schedule.signer(at: Self.start)?.id == "a")
        #expect(schedule.step(at: Self.start) == .rest)
        #expect(schedule.step(at: Self.start + policy.term - .seconds(1)) == .rest)
        #expect(schedule.step(at: Self.start + policy.term) != .rest)
    }

    @Test("J13 whatever happens when, what signs was published long enough and stays so", arguments: 0..<40)
    func overlap(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var policy = KeyPolicy()
        policy.tokenLifetime = .seconds(Int.random(in: 60...90_000, using: &random))
        policy.term = .seconds(Int.random(in: 1_000...200_000, using: &random))
        var keys: [SigningKey] = []
        var now = Self.start
        var signatures: [(key: String, at: UnixTime)] = []
        /// When each key was first in the published set.
        var publications: [String: UnixTime] = [:]
        func isKnown(_ key: SigningKey) -> Bool {
            publications[key.id].map { now - $0 >= policy.cacheTime } ?? false
        }
        for round in 0..<400 {
            now = now + .seconds(Int.random(in: 1...(Bool.random(using: &random) ? 30 : 20_000), using: &random))
            let before = KeySchedule(keys: keys, policy: policy)
            var step = before.step(at: now)
            if step == .rest, round % 13 == 0, let asked = before.rotation(at: now) { step = .add(asked) }
            keys = applying(step, to: keys, at: now, name: "k\(round)")
            let schedule = KeySchedule(keys: keys, policy: policy)
            for key in schedule.published(at: now) where publications[key.id] == nil { publications[key.id] = now }
            #expect(schedule.published(at: now).count <= policy.limit)
            #expect(schedule.step(at: now) == .rest)
            guard let signer = schedule.signer(at: now) else {
                Issue.record("nothing signs in round \(round)")
                return
            }
            if !isKnown(signer) {
                // Only where nothing else is left: at the first start, and after a key was revoked.
                #expect(!keys.contains { $0.maySign(at: now, for: policy.tokenLifetime) && isKnown($0) })
            }
            signatures.append((signer.id, now))
            signatures.removeAll { now - $0.at > policy.tokenLifetime }
            for signature in signatures {
                let key = keys.first { $0.id == signature.key }
                #expect(key?.revokedAt != nil || key?.isPublished(at: now) == true)
            }
            if Int.random(in: 0..<25, using: &random) == 0, let index = keys.indices.randomElement(using: &random) {
                if keys[index].revokedAt == nil { keys[index].revokedAt = now }
            }
            // What the store's garbage collection does.
            keys.removeAll { $0.retiresAt.map { $0 <= now } ?? false }
        }
    }

    @Test("a rotation that is under way is not begun again, and a full set takes no more")
    func bounds() throws {
        var keys = applying(
            KeySchedule(keys: [], policy: policy).step(at: Self.start), to: [], at: Self.start, name: "0")
        var now = Self.start
        for round in 1..<policy.limit {
            now = now + .seconds(3_600)
            let addition = try #require(KeySchedule(keys: keys, policy: policy).rotation(at: now))
            keys = applying(.add(addition), to: keys, at: now, name: "\(round)")
            #expect(KeySchedule(keys: keys, policy: policy).rotation(at: now) == nil)
        }
        now = now + .seconds(3_600)
        #expect(KeySchedule(keys: keys, policy: policy).published(at: now).count == policy.limit)
        #expect(KeySchedule(keys: keys, policy: policy).rotation(at: now) == nil)
        #expect(KeySchedule(keys: keys, policy: policy).step(at: now + policy.term) != .rest)
    }

    @Test("P14 a clock that is set back by years still signs, with the key that was first, and rotates nothing")
    func backward() throws {
        let keys = applying(
            KeySchedule(keys: [], policy: policy).step(at: Self.start), to: [], at: Self.start, name: "a")
        let schedule = KeySchedule(keys: keys, policy: policy)
        let past = Self.start - .seconds(10 * 365 * 86_400)
        #expect(schedule.signer(at: past)?.id == "a")
        #expect(schedule.step(at: past) == .rest)
    }
}
