import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    static let upkeepTrials = [
        OAuthStoreConformance("D26 an assertion is used once until it expires") { store in
            let uses = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        try await store.useAssertion(
                            clientID: "client", id: "j", expiresAt: Fixture.at(300), now: Fixture.start)
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try expect(uses, 1)
            func use(_ client: String, _ id: String, _ second: Int) async throws -> Bool {
                try await store.useAssertion(
                    clientID: client, id: id, expiresAt: Fixture.at(second + 300), now: Fixture.at(second))
            }
            try expect(try await use("client", "j", 299), false)
            try expect(try await use("other", "j", 1), true)
            try expect(try await use("client", "k", 1), true)
            try expect(try await use("client", "j", 300), true)
        },
        OAuthStoreConformance("J14 of 20 who rotate the signing key at once one succeeds") { store in
            for (newest, round) in [(nil, 0), ("key-0", 1)] as [(String?, Int)] {
                let added = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for caller in 0..<20 {
                        group.addTask {
                            let id = caller == 0 ? "key-\(round)" : "key-\(round)-\(caller)"
                            // The first has the name that the next round goes by, so it tries until it is settled.
                            return try await store.addSigningKey(
                                Fixture.key(id), ifNewestIs: newest, retiringItAt: Fixture.at(9000))
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                if round == 0 {
                    try expect(added, 1)
                    let first = try await store.signingKeys()
                    try expect(first.count, 1)
                    if first.first?.id != "key-0" {
                        _ = try await store.addSigningKey(
                            Fixture.key("key-0"), ifNewestIs: first.first?.id, retiringItAt: Fixture.at(1))
                    }
                } else {
                    try expect(added, 1)
                }
            }
            let keys = try await store.signingKeys()
            try expect(keys.dropLast().last?.id, "key-0")
            try expect(keys.dropLast().last?.retiresAt, Fixture.at(9000))
            try expect(keys.last?.retiresAt, nil)
            try expect(keys.last?.sealedPrivateKey, [1, 2, 3])
            try expect(try await store.revokeSigningKey("key-0", now: Fixture.at(5)), true)
            try expect(try await store.revokeSigningKey("key-0", now: Fixture.at(6)), false)
            try expect(
                try await store.signingKeys().first { $0.id == "key-0" }?.revokedAt, Fixture.at(5))
        },
        OAuthStoreConformance("J30 the keys of two algorithms are newest and retire apart") { store in
            for (id, algorithm, newest) in [
                ("e1", "ES256", nil), ("r1", "RS256", nil), ("e2", "ES256", "e1"), ("r2", "RS256", "r1"),
            ] as [(String, String, String?)] {
                for wrong in ["e1", "r1", nil] where wrong != newest {
                    try expect(
                        try await store.addSigningKey(
                            Fixture.key("x", algorithm), ifNewestIs: wrong, retiringItAt: Fixture.at(9)), false)
                }
                try expect(
                    try await store.addSigningKey(
                        Fixture.key(id, algorithm), ifNewestIs: newest, retiringItAt: Fixture.at(9_000)), true)
            }
            let keys = try await store.signingKeys()
            try expect(keys.map(\.id), ["e1", "r1", "e2", "r2"])
            try expect(keys.map(\.algorithm), ["ES256", "RS256", "ES256", "RS256"])
            try expect(keys.map(\.retiresAt), [Fixture.at(9_000), Fixture.at(9_000), nil, nil])
        },
        OAuthStoreConformance("P13 garbage goes and what lives stays") { store in
            var policy = GarbagePolicy()
            policy.batch = 7
            for number in 1...40 {
                _ = try await store.register(Fixture.client("unused-\(number)"))
                _ = try await store.grant(number)
                _ = try await store.useAssertion(
                    clientID: "client", id: "\(number)", expiresAt: Fixture.at(number), now: Fixture.start)
            }
            _ = try await store.register(Fixture.client("client"))
            for number in 1...20 { _ = try await store.revokeGrant(GrantID(Int64(number)), now: Fixture.at(100)) }
            let nothing = try await store.collectGarbage(now: Fixture.start, policy: policy)
            try expect(nothing, GarbageReport())

            // A day later: a client with a live grant, one that is about to redeem a code, one that just came.
            let later = Fixture.at(86_500)
            _ = try await store.register(Fixture.client("new", at: later))
            _ = try await store.grant(50, client: "client", at: later)
            _ = try await store.issue(Fixture.code(51, client: "unused-1", at: later), pending: 51, at: later)
            try await store.begin(Fixture.pending(52, client: "unused-2", at: later), limit: 1000)
            let report = try await store.collectGarbage(now: later, policy: policy)
            try expect(report.accessTokens, 40)
            try expect(report.codes, 40)
            try expect(report.assertions, 40)
            try expect(report.grants, 20)
            try expect(report.clients, 38)
            try expect(report.refreshTokens, 0)
            for id in ["client", "new", "unused-1", "unused-2"] {
                try expect(try await store.client(id)?.id, id)
            }
            try expect(try await store.isActive(50, at: later), true)
            let live = try await store.rotate(Fixture.rotation(30, to: 130, access: 130, at: later), now: later)
            guard case .rotated = live else { throw Violation(description: "a live grant was collected") }
            let dead = try await store.rotate(Fixture.rotation(3, to: 131, access: 131, at: later), now: later)
            try expect(dead, .unknown)
        },
    ]
}
