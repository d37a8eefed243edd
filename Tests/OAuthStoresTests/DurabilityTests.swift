import OAuthProtocol
import OAuthStoreConformance
import OAuthStores
import SQLite
import TestSupport
import Testing

@Suite("what was acknowledged is kept")
struct DurabilityTests {
    let folder: TemporaryFolder
    let file: DatabaseFile

    init() throws {
        folder = try TemporaryFolder()
        file = DatabaseFile(path: folder.file("auth.db"))
    }

    @Test("a restart keeps clients, grants, tokens, rotations, revocations, keys and used assertions")
    func restart() async throws {
        var store = try await SQLiteOAuthStore.open(file)
        _ = try await store.register(Fixture.client())
        let grant = try #require(try await store.grant(1))
        _ = try await store.grant(2)
        _ = try await store.revokeGrant(GrantID(2), now: Fixture.at(1))
        _ = try await store.issue(Fixture.code(3), pending: 3)
        _ = try await store.rotate(Fixture.rotation(1, to: 4, access: 4, at: Fixture.at(5)), now: Fixture.at(5))
        _ = try await store.addSigningKey(Fixture.key("k"), ifNewestIs: nil, retiringItAt: nil)
        _ = try await store.useAssertion(
            clientID: "client", id: "j", expiresAt: Fixture.at(300), now: Fixture.start)
        await store.close()

        store = try await SQLiteOAuthStore.open(file)
        #expect(try await store.client("client")?.metadata == Fixture.client().metadata)
        #expect(try await store.accessToken(Fixture.hash(3, 1))?.grant == grant)
        #expect(try await store.isActive(4, at: Fixture.at(10)))
        #expect(try await !store.isActive(2, at: Fixture.at(10)))
        #expect(try await store.authorizationCode(Fixture.hash(2, 3)) == Fixture.code(3))
        #expect(try await store.signingKeys() == [Fixture.key("k")])
        #expect(
            try await !store.useAssertion(
                clientID: "client", id: "j", expiresAt: Fixture.at(300), now: Fixture.at(10)))
        let again = try await store.rotate(
            Fixture.rotation(1, to: 4, access: 5, at: Fixture.at(60)), now: Fixture.at(60))
        #expect(again == .rotated(successor: Fixture.hash(4, 4), isRepeated: true))
        await store.close()
    }

    @Test("P09 Z21 on a full disk no token is acknowledged that is not stored, and reads go on")
    func full() async throws {
        var small = file
        small.pageLimit = 120
        let store = try await SQLiteOAuthStore.open(small)
        let acknowledged = await withTaskGroup(of: Int?.self) { group in
            for number in 1...1500 {
                group.addTask {
                    do {
                        return try await store.grant(number) == nil ? nil : number
                    } catch {
                        guard case .unavailable? = error as? StoreFailure else {
                            Issue.record("\(error)")
                            return nil
                        }
                        return nil
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
        }
        #expect(acknowledged.count < 1500)
        for number in 1...1500 {
            #expect(try await store.isActive(number, at: Fixture.at(1)) == acknowledged.contains(number))
        }
        await store.close()
        // Room again: the same file, without the limit.
        let roomy = try await SQLiteOAuthStore.open(file)
        #expect(try await roomy.grant(5000) != nil)
        for number in acknowledged { #expect(try await roomy.isActive(number, at: Fixture.at(1))) }
        await roomy.close()
    }

    @Test("P11 a back-up under load opens, its tokens work, and what was revoked stays revoked")
    func backUp() async throws {
        let store = try await SQLiteOAuthStore.open(file)
        for number in 1...20 { _ = try await store.grant(number) }
        _ = try await store.revokeGrant(GrantID(7), now: Fixture.at(1))
        let copy = folder.file("copy.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 100..<200 { group.addTask { _ = try await store.grant(number) } }
            group.addTask { [file] in try await file.backUp(to: copy) }
            try await group.waitForAll()
        }
        await store.close()
        let restored = try await SQLiteOAuthStore.open(DatabaseFile(path: copy))
        for number in 1...20 { #expect(try await restored.isActive(number, at: Fixture.at(2)) == (number != 7)) }
        await restored.close()
    }

    @Test("a clearing whose task is cancelled ends after one step for each table, and another one goes on")
    func cancelledClearing() async throws {
        let store = try await SQLiteOAuthStore.open(file)
        for number in 1...20 { _ = try await store.grant(number) }
        var policy = GarbagePolicy()
        policy.batch = 2
        let clearing = Task { [policy] in
            while !Task.isCancelled { await Task.yield() }
            return try await store.collectGarbage(now: Fixture.at(86_400), policy: policy)
        }
        clearing.cancel()
        #expect(try await clearing.value.accessTokens == 2)
        #expect(try await store.collectGarbage(now: Fixture.at(86_400), policy: policy).accessTokens == 18)
        await store.close()
    }

    /// What takes a store of this release back to version 5, and that to version 1.
    private static let fifth: StaticString = """
        CREATE TABLE consents(
            client_id TEXT NOT NULL, subject TEXT NOT NULL, resource TEXT NOT NULL, scope TEXT NOT NULL,
            redirects_hash BLOB NOT NULL, granted_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            PRIMARY KEY (client_id, subject)) STRICT, WITHOUT ROWID;
        CREATE INDEX consents_expiry ON consents(expires_at);
        ALTER TABLE codes ADD COLUMN redirect_named INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE codes ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE grants ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE refresh_tokens ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;
        """
    private static let first: StaticString = """
        DROP TABLE documents; DROP TRIGGER clients_registered; DROP TRIGGER clients_authorized;
        DROP TRIGGER clients_deleted; DROP TABLE totals; DROP TABLE users; DROP TABLE operator_acts;
        ALTER TABLE signing_keys DROP COLUMN algorithm;
        """

    @Test("P12 a store of an earlier schema is brought up and keeps what it holds", arguments: [1, 5])
    func migrated(version: Int) async throws {
        let store = try await SQLiteOAuthStore.open(file)
        _ = try await store.grant(1)
        for id in ["client", "unused", "new"] { _ = try await store.register(Fixture.client(id)) }
        _ = try await store.grant(2)
        _ = try await store.issue(Fixture.code(3), pending: 3)
        await store.close()
        let file = file
        try await onThread {
            let connection = try Connection.open(file, .writing)
            try connection.script(Self.fifth)
            if version == 1 { try connection.script(Self.first) }
            try connection.set("user_version", to: version)
        }
        let later = try await SQLiteOAuthStore.open(file)
        // Those that never had a token were counted.
        #expect(try await later.register(Fixture.client("a"), unusedLimit: 2) == .full)
        #expect(try await later.register(Fixture.client("a"), unusedLimit: 3) == .registered)
        #expect(try await later.isActive(1, at: Fixture.at(1)))
        #expect(try await later.claim(Fixture.claim(3), now: Fixture.at(1)) == .redeemed)
        let rotated = try await later.rotate(
            Fixture.rotation(1, to: 4, access: 4, at: Fixture.at(5)), now: Fixture.at(5))
        #expect(rotated == .rotated(successor: Fixture.hash(4, 4), isRepeated: false))
        try await later.keep(Fixture.document("client"))
        #expect(try await later.document("https://c.example/1", clientID: "client") == Fixture.document("client"))
        await later.close()
        let tables = try await onThread {
            var connection = try Connection.open(file, .writing)
            return try connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'consents'")
        }
        #expect(tables == 0)
    }

    @Test("P12 a store of a later release is refused and left as it is; so is a foreign database and garbage")
    func refused() async throws {
        let store = try await SQLiteOAuthStore.open(file)
        _ = try await store.grant(1)
        await store.close()
        let file = file
        try await onThread {
            let connection = try Connection.open(file, .writing)
            try connection.set("user_version", to: 99)
        }
        await #expect(throws: StoreFailure.newerSchema(found: 99, known: 6)) {
            _ = try await SQLiteOAuthStore.open(file)
        }
        try await onThread {
            let connection = try Connection.open(file, .writing)
            try connection.set("user_version", to: -2)
        }
        await #expect(throws: StoreFailure.self) { _ = try await SQLiteOAuthStore.open(file) }
        try await onThread {
            let connection = try Connection.open(file, .writing)
            try connection.set("user_version", to: 6)
        }
        let again = try await SQLiteOAuthStore.open(file)
        #expect(try await again.isActive(1, at: Fixture.at(1)))
        await again.close()

        let foreign = DatabaseFile(path: folder.file("foreign.db"))
        try await onThread {
            let connection = try Connection.open(foreign, .writing)
            try connection.script("CREATE TABLE recipes(name TEXT)")
        }
        let garbage = DatabaseFile(path: try folder.write("garbage.db", String(repeating: "no database ", count: 999)))
        for file in [foreign, garbage] {
            do throws(StoreFailure) {
                _ = try await SQLiteOAuthStore.open(file)
                Issue.record("\(file.path) was taken")
            } catch {
                guard case .damaged = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
    }

    @Test("J14 P15 two stores on one file agree: a code is redeemed once, a key is made once")
    func twoStores() async throws {
        let stores = [try await SQLiteOAuthStore.open(file), try await SQLiteOAuthStore.open(file)]
        for round in 1...10 {
            _ = try await stores[0].issue(Fixture.code(round), pending: round)
            let redeemed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for caller in 0..<16 {
                    group.addTask {
                        let outcome = try await stores[caller % 2].claim(
                            Fixture.claim(round, access: round * 100 + caller), now: Fixture.at(1))
                        if case .redeemed = outcome { return true }
                        return false
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(redeemed == 1)
        }
        async let first = stores[0].addSigningKey(Fixture.key("a"), ifNewestIs: nil, retiringItAt: nil)
        async let second = stores[1].addSigningKey(Fixture.key("b"), ifNewestIs: nil, retiringItAt: nil)
        #expect(try await [first, second].filter { $0 }.count == 1)
        for store in stores { await store.close() }
    }
}
