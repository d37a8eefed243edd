import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    static let clientTrials = [
        OAuthStoreConformance("a client is registered once and found as it was") { store in
            var client = Fixture.client()
            client.secretHash = Fixture.secret(9, 1)
            client.previousSecretHash = Fixture.secret(9, 2)
            client.previousSecretExpiresAt = Fixture.at(100)
            client.registrationTokenHash = Fixture.hash(9, 3)
            try expect(try await store.register(client), true)
            try expect(try await store.register(Fixture.client()), false)
            try expect(try await store.client("client"), client)
            try expect(try await store.client("CLIENT"), nil)
            try expect(try await store.client(""), nil)
        },
        OAuthStoreConformance("clients are listed in pages by their ids, each once") { store in
            for id in ["b", "d", "a", "c", "e"] { _ = try await store.register(Fixture.client(id)) }
            try expect(try await store.clients(after: "", limit: 2).map(\.id), ["a", "b"])
            try expect(try await store.clients(after: "b", limit: 2).map(\.id), ["c", "d"])
            try expect(
                try await store.clients(after: "bb", limit: 9),
                [Fixture.client("c"), Fixture.client("d"), Fixture.client("e")])
            try expect(try await store.clients(after: "e", limit: 2), [])
        },
        OAuthStoreConformance("of two updates at once one is written") { store in
            var client = Fixture.client()
            _ = try await store.register(client)
            client.metadata = "{\"a\":1}"
            let written = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 { group.addTask { [client] in try await store.update(client) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try expect(written, 1)
            try expect(try await store.client("client")?.revision, 1)
            try expect(try await store.client("client")?.metadata, "{\"a\":1}")
            try expect(try await store.update(Fixture.client("nobody")), false)
        },
        OAuthStoreConformance("F27 a deleted client takes its grants, codes and requests along") { store in
            _ = try await store.register(Fixture.client())
            _ = try await store.grant(1)
            _ = try await store.grant(2, client: "other")
            _ = try await store.issue(Fixture.code(3), pending: 3)
            try await store.begin(Fixture.pending(4), limit: 100)
            try expect(try await store.deleteClient("client", now: Fixture.at(1)), true)
            try expect(try await store.deleteClient("client", now: Fixture.at(1)), false)
            try expect(try await store.client("client"), nil)
            try expect(try await store.isActive(1, at: Fixture.at(1)), false)
            try expect(try await store.isActive(2, at: Fixture.at(1)), true)
            try expect(try await store.claim(Fixture.claim(3), now: Fixture.at(1)), .unknown)
            try expect(try await store.pendingAuthorization(Fixture.hash(1, 4), now: Fixture.at(1)), nil)
            let rotated = try await store.rotate(
                Fixture.rotation(1, to: 11, access: 11, at: Fixture.at(1)), now: Fixture.at(1))
            try expect(rotated, .refused(.revoked, grant: GrantID(1)))
        },
        OAuthStoreConformance("F24 a registration token in wrong hands is worth nothing from then on") { store in
            var client = Fixture.client()
            client.registrationTokenHash = Fixture.hash(9, 3)
            _ = try await store.register(client)
            try await store.invalidateRegistrationToken(Fixture.hash(9, 4))
            try expect(try await store.client("client")?.registrationTokenHash, Fixture.hash(9, 3))
            try await store.invalidateRegistrationToken(Fixture.hash(9, 3))
            try expect(try await store.client("client")?.registrationTokenHash, nil)
        },
        OAuthStoreConformance("F20 clients that never had a token are counted, and no more are taken than allowed") {
            store in
            func admit(_ id: String, _ limit: Int = 3) async throws -> ClientAdmission {
                try await store.register(Fixture.client(id), unusedLimit: limit)
            }
            for id in ["client", "b", "c"] { try expect(try await admit(id), .registered) }
            try expect(try await admit("d"), .full)
            try expect(try await admit("b"), .taken)
            // Used, deleted, collected: each makes room for one.
            _ = try await store.grant(1)
            _ = try await store.grant(2)
            try expect(try await admit("d"), .registered)
            try expect(try await admit("e"), .full)
            _ = try await store.deleteClient("b", now: Fixture.at(1))
            try expect(try await admit("e"), .registered)
            try expect(try await admit("f"), .full)
            _ = try await store.deleteClient("client", now: Fixture.at(1))
            try expect(try await admit("f"), .full)
            let report = try await store.collectGarbage(now: Fixture.at(90_000), policy: GarbagePolicy())
            try expect(report.clients, 3)
            for id in ["g", "h", "i"] { try expect(try await admit(id), .registered) }
            try expect(try await admit("j"), .full)
            try expect(try await admit("j", 0), .registered)
        },
        OAuthStoreConformance("F20 many registrations at once do not pass the limit") { store in
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        try await store.register(Fixture.client("client-\(number)"), unusedLimit: 10) == .registered
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try expect(admitted, 10)
        },
    ]
}
