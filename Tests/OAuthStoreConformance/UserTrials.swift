import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    private static func users(_ passwords: [String: Int]) -> [KnownUser] {
        passwords.map { KnownUser(subject: $0.key, password: Fixture.secret(9, $0.value)) }
    }

    static let userTrials = [
        OAuthStoreConformance("E60 who is no user any more loses grants and codes, and nobody else does") {
            store in
            for (number, name) in ["alice", "bob", "carol", "bob"].enumerated() {
                _ = try await store.grant(number, subject: name)
            }
            _ = try await store.issue(Fixture.code(10, subject: "bob"), pending: 10)
            _ = try await store.issue(Fixture.code(11, subject: "alice"), pending: 11)
            _ = try await store.issue(Fixture.code(12, subject: "dave"), pending: 12)
            // A store of an earlier release knows no users: whoever is not on the list has left.
            let first = try await store.settle(
                users(["alice": 1, "bob": 2]), endingChanged: true, now: Fixture.at(1))
            try expect(first, UserChanges(left: ["carol": 1]))
            try expect(
                try await store.claim(Fixture.claim(12, at: Fixture.at(1)), now: Fixture.at(1)), .unknown)
            let again = try await store.settle(users(["alice": 1, "bob": 2]), endingChanged: true, now: Fixture.at(2))
            try expect(again, UserChanges())
            let left = try await store.settle(users(["alice": 1, "erin": 5]), endingChanged: true, now: Fixture.at(3))
            try expect(left, UserChanges(left: ["bob": 2]))
            for (number, isActive) in [true, false, false, false].enumerated() {
                try expect(try await store.isActive(number, at: Fixture.at(4)), isActive)
            }
            try expect(
                try await store.claim(Fixture.claim(10, at: Fixture.at(4)), now: Fixture.at(4)), .unknown)
            guard case .redeemed = try await store.claim(Fixture.claim(11, at: Fixture.at(4)), now: Fixture.at(4))
            else { throw Violation(description: "the code of somebody else ended") }
            let refresh = try await store.rotate(
                Fixture.rotation(1, to: 101, access: 101, at: Fixture.at(5)), now: Fixture.at(5))
            guard case .refused(.revoked, _) = refresh else { throw Violation(description: "\(refresh)") }
            // Back again, with what was somebody's name: nothing of then comes back, and it is no change of a password.
            let back = try await store.settle(users(["alice": 1, "bob": 9]), endingChanged: true, now: Fixture.at(6))
            try expect(back, UserChanges(left: ["erin": 0]))
            try expect(try await store.isActive(1, at: Fixture.at(7)), false)
        },
        OAuthStoreConformance("E61 another password ends the grants where it is to, once, and of that user alone") {
            store in
            _ = try await store.settle(users(["alice": 1, "bob": 2]), endingChanged: true, now: Fixture.start)
            for (number, name) in ["alice", "bob"].enumerated() { _ = try await store.grant(number, subject: name) }
            _ = try await store.issue(Fixture.code(10, subject: "alice"), pending: 10)
            let kept = try await store.settle(users(["alice": 3, "bob": 2]), endingChanged: false, now: Fixture.at(1))
            try expect(kept, UserChanges(changed: ["alice": 0]))
            try expect(try await store.isActive(0, at: Fixture.at(1)), true)
            // A change that was let pass is none for ever, also where they count from now on.
            let later = try await store.settle(users(["alice": 3, "bob": 2]), endingChanged: true, now: Fixture.at(2))
            try expect(later, UserChanges())
            let ended = try await store.settle(users(["alice": 4, "bob": 2]), endingChanged: true, now: Fixture.at(3))
            try expect(ended, UserChanges(changed: ["alice": 1]))
            try expect(try await store.isActive(0, at: Fixture.at(4)), false)
            try expect(try await store.isActive(1, at: Fixture.at(4)), true)
            try expect(
                try await store.claim(Fixture.claim(10, at: Fixture.at(4)), now: Fixture.at(4)), .unknown)
        },
    ]
}
