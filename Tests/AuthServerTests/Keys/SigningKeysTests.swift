import Cryptography
import HTTPServer
import JSONSyntax
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import SQLite
import TestSupport
import Testing

@testable import AuthServer

@Suite("signing keys in a store")
struct SigningKeysTests {
    private static let start = ManualClock.start

    private func keys(_ store: any OAuthStore, master: Secret = InProcessServer.master) throws -> SigningKeys {
        SigningKeys(
            store: store, seal: try ServerKeys(master: master, issuer: Sample.issuer).signing, policy: KeyPolicy())
    }

    @Test("J14 twenty that boot at once on one file make one key, and twenty that rotate make one more")
    func parallelBoots() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("auth.db")
        var stores: [SQLiteOAuthStore] = []
        for _ in 0..<20 { stores.append(try await SQLiteOAuthStore.open(DatabaseFile(path: path))) }
        let rings = try stores.map { try keys($0) }
        for round in 0..<3 {
            let now = Self.start + .seconds(round * 100 * 86_400)
            let signers = try await withThrowingTaskGroup(of: [String].self) { group in
                for ring in rings {
                    group.addTask { try await ring.rotateIfDue(now: now).members.map(\.stored.id) }
                }
                return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
            }
            #expect(signers.count == 1)
            #expect(signers.first?.count == min(round + 1, 2))
            _ = try await stores[0].collectGarbage(now: now + .seconds(2 * 86_400), policy: GarbagePolicy())
        }
        for store in stores { await store.close() }
    }

    @Test("J13 in three rotations no process signs what another does not know, and no token is refused in its life")
    func rotations() async throws {
        let store = MemoryOAuthStore()
        let one = try await InProcessServer.issuing(store: store)
        let two = try await InProcessServer.issuing(store: store)
        var live: [(token: String, end: UnixTime)] = []
        var signers: Set<String> = []
        // A resource server that asks for the set as seldom as it may.
        var cached = one.ring.members.map(\.jwk)
        var rotations = 0
        for round in 0..<700 {
            for server in [one, two] { server.pass(.seconds(60)) }
            // Each process looks when its turn comes, so one is always behind.
            try await (round % 2 == 0 ? one : two).services.signing.rotateIfDue(now: one.now)
            if round % 150 == 20 {
                _ = try #require(try await one.services.signing.rotate(now: one.now))
                rotations += 1
            }
            if round % 5 == 0 { cached = two.ring.members.map(\.jwk) }
            for server in [one, two] {
                let token = try await server.accessToken()
                let parsed = try JWS.verify(token, keys: JWKSet(cached), policy: .accessToken)
                signers.insert(parsed.header.keyID ?? "")
                live.append((token, server.now + .seconds(3_600)))
            }
            live.removeAll { $0.end <= one.now }
            if round % 25 == 0 {
                for token in live {
                    #expect(await one.verify(token.token) == 200)
                    #expect(await two.verify(token.token) == 200)
                    _ = try JWS.verify(token.token, keys: JWKSet(cached), policy: .accessToken)
                }
            }
            _ = await store.collectGarbage(now: one.now, policy: GarbagePolicy())
        }
        #expect(rotations >= 3 && signers.count == rotations + 1)
    }

    @Test("J15 a key that was revoked by another process takes its tokens with it at the next look, and no others")
    func revocation() async throws {
        let store = MemoryOAuthStore()
        let one = try await InProcessServer.issuing(store: store)
        let two = try await InProcessServer.issuing(store: store)
        let old = try await one.accessToken()
        let first = try #require(one.ring.signer(at: one.now)?.id)
        _ = try await one.services.signing.rotate(now: one.now)
        for server in [one, two] {
            server.pass(.seconds(400))
            try await server.services.signing.rotateIfDue(now: server.now)
        }
        let new = try await two.accessToken()
        #expect(try TokenParts(new).header["kid"]?.string != first)
        #expect(try await one.services.signing.revoke(first, now: one.now))
        #expect(try await one.services.signing.revoke(first, now: one.now) == false)
        #expect(try await one.services.signing.revoke("no-such-key", now: one.now) == false)
        #expect(await one.verify(old) == 401)
        #expect(await one.verify(new) == 200)
        let maintenance = MaintenanceTask(store: store, signing: two.services.signing)
        _ = await maintenance.look(now: two.now)
        #expect(await two.verify(old) == 401)
        #expect(await two.verify(new) == 200)
        #expect(two.ring.members.allSatisfy { $0.stored.id != first })

        // The one that signs, too: the next signs at once, and a process that has not seen it yet finds it.
        let second = try #require(one.ring.signer(at: one.now)?.id)
        #expect(try await one.services.signing.revoke(second, now: one.now))
        let newest = try await one.accessToken()
        two.pass(.seconds(1))
        #expect(await one.verify(new) == 401)
        #expect(await one.verify(newest) == 200)
        #expect(await two.verify(newest) == 200)
        #expect(await two.verify(new) == 401)
    }

    @Test("keys of another master key are told, not overwritten, and an operator may begin anew")
    func otherMaster() async throws {
        let store = MemoryOAuthStore()
        let first = try await keys(store).rotateIfDue(now: Self.start)
        let other = try keys(store, master: Secret([UInt8](repeating: 7, count: 32)))
        let ring = try await other.rotateIfDue(now: Self.start)
        #expect(ring.signer(at: Self.start) == nil)
        #expect(ring.members.map(\.jwk) == first.members.map(\.jwk))
        #expect(await store.signingKeys().count == 1)
        let id = try #require(try await other.rotate(now: Self.start))
        #expect(other.ring.signer(at: Self.start)?.id == id)
        #expect(other.ring.members.count == 2)
    }

    @Test("a sealed key in the place of another is not opened, and the id is the thumbprint")
    func places() async throws {
        let seal = try ServerKeys(master: InProcessServer.master, issuer: Sample.issuer).signing
        let one = try SealedKey.make(activeFrom: Self.start, now: Self.start, seal: seal)
        let two = try SealedKey.make(activeFrom: Self.start, now: Self.start, seal: seal)
        let open = try #require(try SealedKey.open(one, seal: seal))
        #expect(try open.thumbprint() == one.id)
        let moved = SigningKey(
            id: one.id, publicKey: one.publicKey, sealedPrivateKey: two.sealedPrivateKey, createdAt: Self.start,
            activeFrom: Self.start)
        #expect(try SealedKey.open(moved, seal: seal) == nil)
        let secret = try #require(try (open as? P256PrivateKey)?.privateJWK()["d"]?.string)
        #expect(!one.publicKey.contains(secret))
        #expect(!String(decoding: one.sealedPrivateKey, as: UTF8.self).contains(secret))
    }

    @Test("J11 a token, a successor and a sealed key of staging mean nothing to production with the same secret")
    func environments() async throws {
        let store = MemoryOAuthStore()
        let staging = try await InProcessServer.issuing(issuer: "https://staging.example.com/mcp")
        let production = try await InProcessServer.issuing(store: store)
        let answer = try await staging.grant(scope: "openid mcp.tools")
        for name in ["access_token", "refresh_token", "id_token"] {
            let token = try #require(answer[name]?.string)
            #expect(await production.verify(token) == 401)
        }
        let refresh = try #require(OpaqueToken(.refreshToken, presented: answer["refresh_token"]?.string ?? ""))
        let (ours, theirs) = (production.services.tokens.tokenIssuer, staging.services.tokens.tokenIssuer)
        #expect(
            try theirs.successor(of: refresh, madeAt: staging.now) != ours.successor(of: refresh, madeAt: staging.now))
        let sealed = try #require(await store.signingKeys().first)
        #expect(try SealedKey.open(sealed, seal: staging.services.keys.signing) == nil)
        #expect(try SealedKey.open(sealed, seal: production.services.keys.signing) != nil)
    }
}
