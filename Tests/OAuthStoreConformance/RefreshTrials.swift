import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    private static func rotate(
        _ store: any OAuthStore, _ number: Int, to successor: Int, access: Int, at time: UnixTime,
        client: String = "client"
    ) async throws -> RefreshRotation.Outcome {
        try await store.rotate(
            Fixture.rotation(number, to: successor, access: access, client: client, at: time), now: time)
    }

    private static func isRotated(_ outcome: RefreshRotation.Outcome, repeated: Bool) -> Bool {
        guard case .rotated(successor: _, let isRepeated) = outcome else { return false }
        return isRepeated == repeated
    }

    static let refreshTrials = [
        OAuthStoreConformance("E01 E06 a rotation gives new tokens, and earlier access tokens live on") { store in
            _ = try await store.grant(1)
            let outcome = try await rotate(store, 1, to: 2, access: 2, at: Fixture.at(10))
            try expect(isRotated(outcome, repeated: false), true)
            try expect(try await store.isActive(1, at: Fixture.at(3599)), true)
            try expect(try await store.isActive(2, at: Fixture.at(3609)), true)
            let next = try await rotate(store, 2, to: 3, access: 3, at: Fixture.at(20))
            try expect(isRotated(next, repeated: false), true)
        },
        OAuthStoreConformance("E03 Z2 64 refreshes at once have one successor, many rounds") { store in
            _ = try await store.grant(1000)
            for round in 1000..<(1000 + rounds) {
                let time = Fixture.at(round)
                let outcomes = try await withThrowingTaskGroup(of: RefreshRotation.Outcome.self) { group in
                    for caller in 0..<64 {
                        group.addTask {
                            try await rotate(store, round, to: round + 1, access: round * 64 + caller, at: time)
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                try expect(outcomes.filter { isRotated($0, repeated: false) }.count, 1)
                try expect(outcomes.filter { isRotated($0, repeated: true) }.count, 63)
            }
        },
        OAuthStoreConformance("E02 E04 within 60 s the same successor, after that the end of the grant") { store in
            let grant = try await store.grant(1)
            _ = try await rotate(store, 1, to: 2, access: 2, at: Fixture.at(10))
            let again = try await rotate(store, 1, to: 2, access: 3, at: Fixture.at(70))
            try expect(isRotated(again, repeated: true), true)
            try expect(try await store.isActive(3, at: Fixture.at(71)), true)
            let late = try await rotate(store, 1, to: 2, access: 4, at: Fixture.start + .milliseconds(70_001))
            try expect(late, .refused(.reused, grant: grant?.id ?? GrantID(0)))
            for token in 1...4 { try expect(try await store.isActive(token, at: Fixture.at(71)), false) }
            let successor = try await rotate(store, 2, to: 5, access: 5, at: Fixture.at(71))
            try expect(successor, .refused(.revoked, grant: grant?.id ?? GrantID(0)))
        },
        OAuthStoreConformance("E02 a repetition is told the successor as it was first made") { store in
            _ = try await store.grant(1)
            let first = Fixture.rotation(1, to: 2, access: 2, at: Fixture.at(10))
            _ = try await store.rotate(first, now: Fixture.at(10))
            let later = RefreshRotation(
                token: first.token, clientID: first.clientID,
                successor: NewRefreshToken(
                    hash: Fixture.hash(4, 2, madeAt: Fixture.at(11)), expiresAt: first.successor.expiresAt),
                accessToken: Fixture.access(3, at: Fixture.at(11)))
            guard case .rotated(let successor, isRepeated: true) = try await store.rotate(later, now: Fixture.at(11))
            else { throw Violation(description: "not repeated") }
            try expect(successor, first.successor.hash)
            try expect(try await store.refreshToken(later.successor.hash), nil)
        },
        OAuthStoreConformance("E05 once the successor was used, the old token ends the grant") { store in
            let grant = try await store.grant(1)
            _ = try await rotate(store, 1, to: 2, access: 2, at: Fixture.at(10))
            _ = try await rotate(store, 2, to: 3, access: 3, at: Fixture.at(11))
            let old = try await rotate(store, 1, to: 2, access: 4, at: Fixture.at(12))
            try expect(old, .refused(.reused, grant: grant?.id ?? GrantID(0)))
            try expect(try await store.isActive(3, at: Fixture.at(12)), false)
        },
        OAuthStoreConformance("E08 another client's attempt changes nothing") { store in
            _ = try await store.grant(1)
            try expect(
                try await rotate(store, 1, to: 2, access: 2, at: Fixture.at(10), client: "thief"), .foreignClient)
            try expect(try await rotate(store, 7, to: 8, access: 8, at: Fixture.at(10)), .unknown)
            let own = try await rotate(store, 1, to: 3, access: 3, at: Fixture.at(10))
            try expect(isRotated(own, repeated: false), true)
        },
        OAuthStoreConformance("E11 the idle and the absolute limit hold to the millisecond") { store in
            let grant = try await store.grant(1)
            let idle = Fixture.at(30 * 86_400)
            try expect(
                try await rotate(store, 1, to: 2, access: 2, at: idle),
                .refused(.expired, grant: grant?.id ?? GrantID(0)))
            var number = 1
            for day in [29, 58, 87] {
                let next = try await rotate(store, number, to: number + 10, access: day, at: Fixture.at(day * 86_400))
                try expect(isRotated(next, repeated: false), true)
                number += 10
            }
            let limit = Fixture.at(90 * 86_400)
            try expect(
                try await rotate(store, number, to: 99, access: 99, at: limit),
                .refused(.expired, grant: grant?.id ?? GrantID(0)))
            let last = try await rotate(store, number, to: 99, access: 99, at: limit - .milliseconds(1))
            try expect(isRotated(last, repeated: false), true)
            try expect(try await store.isActive(99, at: limit), false)
        },
        OAuthStoreConformance("I01 I02 I03 revocation takes what it should") { store in
            for number in 1...3 { _ = try await store.grant(number) }
            let now = Fixture.at(1)
            try expect(
                try await store.revoke(TokenRevocation(Fixture.hash(3, 1), clientID: "client"), now: now),
                .accessToken(GrantID(1)))
            try expect(try await store.isActive(1, at: now), false)
            let refreshed = try await rotate(store, 1, to: 11, access: 11, at: now)
            try expect(isRotated(refreshed, repeated: false), true)
            try expect(
                try await store.revoke(TokenRevocation(Fixture.hash(4, 2), clientID: "client"), now: now),
                .grant(GrantID(2)))
            try expect(try await store.isActive(2, at: now), false)
            for token in [Fixture.hash(3, 3), Fixture.hash(4, 3), Fixture.hash(7, 7)] {
                try expect(try await store.revoke(TokenRevocation(token, clientID: "thief"), now: now), .nothing)
            }
            try expect(try await store.isActive(3, at: now), true)
            try expect(try await store.revokeGrants(GrantSelection(subject: "user"), limit: 100, act: nil, now: now), 2)
            try expect(try await store.revokeGrant(GrantID(3), now: now), false)
            try expect(try await store.isActive(3, at: now), false)
        },
    ]
}
