import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    private static let act = OperatorAct(at: Fixture.at(5), actor: "uid 7", command: "grants revoke --all")

    static let operatorTrials = [
        OAuthStoreConformance("I32 grants are found and ended by client, user, resource and number, and no others") {
            store in
            for (number, pair) in [("a", "alice"), ("a", "bob"), ("b", "alice"), ("b", "bob"), ("c", "carol")]
                .enumerated()
            {
                _ = try await store.grant(number, client: pair.0, subject: pair.1)
            }
            func ids(_ selection: GrantSelection, after: Int64? = nil, limit: Int = 100) async throws -> [Int64] {
                try await store.grants(
                    selection, after: after.map(GrantID.init), limit: limit, now: Fixture.at(1)
                ).map(\.id.value)
            }
            try expect(try await ids(GrantSelection()), [1, 2, 3, 4, 5])
            try expect(try await ids(GrantSelection(), limit: 2), [1, 2])
            try expect(try await ids(GrantSelection(), after: 2, limit: 2), [3, 4])
            try expect(try await ids(GrantSelection(clientID: "a")), [1, 2])
            try expect(try await ids(GrantSelection(subject: "bob")), [2, 4])
            try expect(try await ids(GrantSelection(clientID: "b", subject: "bob")), [4])
            try expect(try await ids(GrantSelection(resource: "https://r.example/mcp")), [1, 2, 3, 4, 5])
            try expect(try await ids(GrantSelection(resource: "https://r.example/other")), [])
            try expect(try await ids(GrantSelection(id: GrantID(3))), [3])
            try expect(try await ids(GrantSelection(id: GrantID(3), clientID: "a")), [])

            // One that waits to be redeemed ends with the grants that are like it.
            _ = try await store.issue(Fixture.code(10, client: "b", subject: "bob"), pending: 10)
            _ = try await store.issue(Fixture.code(11, client: "b", subject: "alice"), pending: 11)
            let selection = GrantSelection(clientID: "b", subject: "bob")
            try expect(try await store.countGrants(selection, now: Fixture.at(1)), 1)
            try expect(try await store.revokeGrants(selection, limit: 10, act: act, now: Fixture.at(1)), 1)
            try expect(try await store.revokeGrants(selection, limit: 10, act: act, now: Fixture.at(1)), 0)
            try expect(try await store.isActive(3, at: Fixture.at(2)), false)
            try expect(try await store.claim(Fixture.claim(10, at: Fixture.at(2)), now: Fixture.at(2)), .unknown)
            guard case .redeemed = try await store.claim(Fixture.claim(11, at: Fixture.at(2)), now: Fixture.at(2))
            else { throw Violation(description: "the code of somebody else ended") }
            try expect(try await ids(GrantSelection()), [1, 2, 3, 5, 6])

            // In steps, each with what it did; what did nothing is no act.
            try expect(try await store.revokeGrants(GrantSelection(), limit: 3, act: act, now: Fixture.at(3)), 3)
            try expect(try await store.revokeGrants(GrantSelection(), limit: 3, act: act, now: Fixture.at(3)), 2)
            try expect(try await store.revokeGrants(GrantSelection(), limit: 3, act: act, now: Fixture.at(3)), 0)
            try expect(try await store.operatorActs(after: 0).map(\.grants), [1, 3, 2])
            let last = try await store.lastOperatorAct()
            try expect(try await store.operatorActs(after: last), [])
            try expect(try await store.operatorActs(after: last - 1), [RecordedAct(number: last, act: act, grants: 2)])
        },
        OAuthStoreConformance("I33 clients are known by their registration, their grants and what they published") {
            store in
            for id in ["dyn_1", "dyn_2", "dyn_3"] { _ = try await store.register(Fixture.client(id)) }
            for (number, client) in ["dyn_1", "cid", "https://c.example/1", "dyn_1"].enumerated() {
                _ = try await store.grant(number, client: client)
            }
            try await store.keep(Fixture.document("https://c.example/1"))
            try await store.keep(Fixture.document("https://d.example/1"))
            func known(after: String? = nil, limit: Int = 100) async throws -> [String] {
                try await store.knownClients(after: after, limit: limit, now: Fixture.at(1))
                    .map { "\($0.id) \($0.registration != nil) \($0.grants)" }
            }
            let all = [
                "cid false 1", "dyn_1 true 2", "dyn_2 true 0", "dyn_3 true 0", "https://c.example/1 false 1",
                "https://d.example/1 false 0",
            ]
            try expect(try await known(), all)
            try expect(try await known(after: "dyn_1", limit: 2), Array(all[2...3]))
            func removal(_ id: String) async throws -> ClientRemoval? {
                try await store.removeClient(id, act: act, now: Fixture.at(2))
            }
            try expect(try await removal("dyn_1"), ClientRemoval(wasRegistered: true, grants: 2))
            try expect(try await removal("https://c.example/1"), ClientRemoval(wasRegistered: false, grants: 1))
            try expect(try await removal("https://d.example/1"), ClientRemoval(wasRegistered: false, grants: 0))
            try expect(try await removal("dyn_1"), nil)
            try expect(try await removal("nobody"), nil)
            try expect(try await store.client("dyn_1"), nil)
            try expect(try await store.document("https://c.example/1", clientID: "https://c.example/1"), nil)
            try expect(try await store.isActive(1, at: Fixture.at(3)), true)
            try expect(try await store.isActive(2, at: Fixture.at(3)), false)
            try expect(try await store.operatorActs(after: 0).map(\.grants), [2, 1, 0])
        },
        OAuthStoreConformance("what operators did is kept for a time") { store in
            var policy = GarbagePolicy()
            policy.operatorActs = .seconds(1_000)
            _ = try await store.grant(1)
            _ = try await store.revokeGrants(GrantSelection(), limit: 1, act: act, now: Fixture.at(5))
            _ = try await store.collectGarbage(now: Fixture.at(1_004), policy: policy)
            try expect(try await store.operatorActs(after: 0).count, 1)
            _ = try await store.collectGarbage(now: Fixture.at(1_005), policy: policy)
            try expect(try await store.operatorActs(after: 0).count, 0)
        },
    ]
}
