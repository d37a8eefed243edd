import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    static let codeTrials = [
        OAuthStoreConformance("D01 a code becomes a grant with the tokens that were asked for") { store in
            _ = try await store.register(Fixture.client())
            let issued = try await store.issue(Fixture.code(1), pending: 1)
            try expect(issued, true)
            try expect(try await store.authorizationCode(Fixture.hash(2, 1)), Fixture.code(1))
            try expect(try await store.claim(Fixture.claim(1), now: Fixture.at(5)), .redeemed)
            let access = try await store.accessToken(Fixture.hash(3, 1))
            let grant = access?.grant
            try expect(grant?.subject, "user")
            try expect(grant?.scope, "mcp.tools mcp.admin")
            try expect(access?.scope, "mcp.tools")
            try expect(try await store.isActive(1, at: Fixture.at(3599)), true)
            try expect(try await store.isActive(1, at: Fixture.at(3600)), false)
            try expect(try await store.refreshToken(Fixture.hash(4, 1))?.grant, grant)
            try expect(try await store.client("client")?.authorizedAt, Fixture.at(5))
        },
        OAuthStoreConformance("D03 Z1 of 64 who redeem a code at once one succeeds, many rounds") { store in
            for round in 1...rounds {
                _ = try await store.issue(Fixture.code(round), pending: round)
                let outcomes = try await withThrowingTaskGroup(of: CodeClaim.Outcome.self) { group in
                    for caller in 0..<64 {
                        group.addTask {
                            try await store.claim(
                                Fixture.claim(round, access: round * 64 + caller), now: Fixture.at(1))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                var redeemed = 0
                for case .redeemed in outcomes { redeemed += 1 }
                try expect(redeemed, 1)
                let losers = outcomes.filter { $0 == .refused(.lostRace, grant: GrantID(Int64(round))) }.count
                try expect(losers, 63)
                var active = 0
                for caller in 0..<64 where try await store.isActive(round * 64 + caller, at: Fixture.at(2)) {
                    active += 1
                }
                try expect(active, 1)
            }
        },
        OAuthStoreConformance("D02 D04 a replay within 2 s changes nothing, a later one ends the grant") { store in
            let grant = try await store.grant(1)
            let retry = try await store.claim(Fixture.claim(1, access: 2), now: Fixture.at(2))
            try expect(retry, .refused(.lostRace, grant: grant?.id))
            try expect(try await store.isActive(1, at: Fixture.at(2)), true)
            try expect(try await store.isActive(2, at: Fixture.at(2)), false)
            let late = try await store.claim(
                Fixture.claim(1, access: 3), now: Fixture.start + .milliseconds(2001))
            try expect(late, .refused(.replayed, grant: grant?.id))
            try expect(try await store.isActive(1, at: Fixture.at(3)), false)
            let rotated = try await store.rotate(
                Fixture.rotation(1, to: 4, access: 4, at: Fixture.at(3)), now: Fixture.at(3))
            try expect(rotated, .refused(.revoked, grant: GrantID(1)))
        },
        OAuthStoreConformance("D04 a replay by another client or with a wrong verifier ends the grant at once") {
            store in
            _ = try await store.grant(1)
            _ = try await store.claim(Fixture.claim(1, isSameClient: false), now: Fixture.at(1))
            try expect(try await store.isActive(1, at: Fixture.at(1)), false)
            _ = try await store.grant(2)
            _ = try await store.claim(Fixture.claim(2, isVerified: false), now: Fixture.at(1))
            try expect(try await store.isActive(2, at: Fixture.at(1)), false)
        },
        OAuthStoreConformance("D05 another client's attempt leaves a fresh code alone") { store in
            _ = try await store.issue(Fixture.code(1), pending: 1)
            let foreign = try await store.claim(Fixture.claim(1, isSameClient: false), now: Fixture.at(1))
            try expect(foreign, .refused(.foreignClient, grant: nil))
            guard case .redeemed = try await store.claim(Fixture.claim(1), now: Fixture.at(1)) else {
                throw Violation(description: "the code was touched")
            }
        },
        OAuthStoreConformance("D07 wrong verifiers leave a code usable, the fifth burns it") { store in
            for (number, attempts) in [(1, 1), (2, 4), (3, 5)] {
                _ = try await store.issue(Fixture.code(number), pending: number)
                for attempt in 1...attempts {
                    let wrong = try await store.claim(
                        Fixture.claim(number, isVerified: false), now: Fixture.at(1))
                    try expect(wrong, .refused(attempt < 5 ? .wrongVerifier : .burned, grant: nil))
                }
                let right = try await store.claim(Fixture.claim(number), now: Fixture.at(1))
                if attempts < 5 {
                    guard case .redeemed = right else { throw Violation(description: "\(attempts): \(right)") }
                } else {
                    try expect(right, .refused(.burned, grant: nil))
                }
            }
        },
        OAuthStoreConformance("B48 a code lives 60 s") { store in
            for (number, milliseconds) in [(1, 59_999), (2, 60_000)] {
                _ = try await store.issue(Fixture.code(number), pending: number)
                let outcome = try await store.claim(
                    Fixture.claim(number), now: Fixture.start + .milliseconds(milliseconds))
                if number == 1 {
                    guard case .redeemed = outcome else { throw Violation(description: "\(outcome)") }
                } else {
                    try expect(outcome, .refused(.expired, grant: nil))
                }
            }
            try expect(try await store.claim(Fixture.claim(3), now: Fixture.at(1)), .unknown)
        },
    ]
}
