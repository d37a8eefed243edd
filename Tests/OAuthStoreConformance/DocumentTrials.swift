import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    static let documentTrials = [
        OAuthStoreConformance("a document is kept for its client, byte for byte") { store in
            for number in 1...2 { try await store.keep(Fixture.document("client", number)) }
            try await store.keep(Fixture.document("other", body: [1]))
            try expect(
                try await store.document("https://c.example/1", clientID: "client"), Fixture.document("client", 1))
            try expect(
                try await store.document("https://c.example/2", clientID: "client"), Fixture.document("client", 2))
            try expect(try await store.document("https://c.example/1", clientID: "other")?.body, [1])
            try expect(try await store.document("https://c.example/1", clientID: "nobody"), nil)
            try expect(try await store.document("https://C.example/1", clientID: "client"), nil)
        },
        OAuthStoreConformance("of two copies of a document the one that was fetched later stays") { store in
            try await store.keep(Fixture.document("client", body: [1], at: Fixture.at(10)))
            try await store.keep(Fixture.document("client", body: [2], at: Fixture.at(20)))
            try await store.keep(Fixture.document("client", body: [3], at: Fixture.at(15)))
            try expect(try await store.document("https://c.example/1", clientID: "client")?.body, [2])
            try await store.keep(Fixture.document("client", body: [], at: Fixture.at(20)))
            try expect(try await store.document("https://c.example/1", clientID: "client")?.body, [])
        },
        OAuthStoreConformance("G19 a document stays as long as a grant of its client lives") { store in
            var policy = GarbagePolicy()
            policy.batch = 2
            for client in ["granted", "revoked", "idle-1", "idle-2", "idle-3"] {
                for number in 1...2 { try await store.keep(Fixture.document(client, number)) }
            }
            _ = try await store.grant(1, client: "granted")
            let revoked = try await store.grant(2, client: "revoked")
            if let revoked { _ = try await store.revokeGrant(revoked.id, now: Fixture.at(1)) }
            try await store.keep(Fixture.document("new", at: Fixture.at(86_000)))
            func left(_ second: Int) async throws -> [String] {
                _ = try await store.collectGarbage(now: Fixture.at(second), policy: policy)
                var left: [String] = []
                for client in ["granted", "revoked", "idle-1", "idle-2", "idle-3", "new"] {
                    for number in 1...2 {
                        let found = try await store.document("https://c.example/\(number)", clientID: client)
                        if found != nil { left.append("\(client)/\(number)") }
                    }
                }
                return left
            }
            try expect(try await left(86_399).count, 11)
            try expect(try await left(86_400), ["granted/1", "granted/2", "new/1"])
            try expect(try await left(80 * 86_400), ["granted/1", "granted/2"])
            try expect(try await left(91 * 86_400), [])
        },
    ]
}
