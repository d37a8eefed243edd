import HTTPServer
import OAuthProtocol
import OAuthStores
import TestSupport
import Testing

@testable import AuthServer

@Suite("maintenance")
struct MaintenanceTaskTests {
    @Test("P13 what is over goes, in its time, and what lives stays")
    func garbage() async throws {
        let server = try await InProcessServer.issuing()
        let maintenance = MaintenanceTask(
            store: server.store, signing: server.services.signing, garbageInterval: .seconds(60))
        let first = try await server.accessToken()
        #expect(await maintenance.clear(now: server.now) == .success(GarbageReport()))
        server.pass(.seconds(30))
        #expect(await maintenance.clear(now: server.now) == nil)
        server.pass(.seconds(3_570))
        let second = try await server.accessToken()
        #expect(try await maintenance.clear(now: server.now)?.get().accessTokens == 1)
        #expect(await server.verify(first) == 401)
        #expect(await server.verify(second) == 200)
        // A clock that is set back does not stop it.
        server.pass(.seconds(-7_200))
        #expect(await maintenance.clear(now: server.now) != nil)
    }

    @Test("J13 keys rotate by themselves after their term, and old ones go when nothing of theirs is left")
    func rotation() async throws {
        let server = try await InProcessServer.issuing()
        let maintenance = MaintenanceTask(store: server.store, signing: server.services.signing)
        let first = try #require(server.ring.signer(at: server.now)?.id)
        server.pass(.seconds(90 * 86_400))
        _ = await maintenance.look(now: server.now)
        #expect(server.ring.members.count == 2)
        #expect(server.ring.signer(at: server.now)?.id == first)
        server.pass(.seconds(359))
        #expect(server.ring.signer(at: server.now)?.id == first)
        server.pass(.seconds(1))
        #expect(server.ring.signer(at: server.now)?.id != first)
        #expect(server.ring.members.contains { $0.stored.id == first })
        server.pass(.seconds(86_460))
        _ = await maintenance.look(now: server.now)
        _ = await maintenance.clear(now: server.now)
        _ = await maintenance.look(now: server.now)
        #expect(server.ring.members.allSatisfy { $0.stored.id != first })
        #expect(try await server.store.signingKeys().count == 1)
    }

    @Test("a store that fails changes nothing, is told, and is used again when it is well")
    func failure() async throws {
        let store = SwitchableStore()
        let server = try await InProcessServer.issuing(store: store)
        let token = try await server.accessToken()
        let maintenance = MaintenanceTask(store: store, signing: server.services.signing)
        store.become(.failing)
        let look = await maintenance.look(now: server.now)
        #expect(look.keys == .store(.unavailable("as the test wants it")))
        #expect(look.store == .unavailable("as the test wants it"))
        #expect(await maintenance.clear(now: server.now) == .failure(.unavailable("as the test wants it")))
        #expect(await server.verify(token) == 503)
        #expect(server.ring.members.count == 1)
        store.become(.well)
        server.pass(.seconds(60))
        #expect(await maintenance.look(now: server.now) == MaintenanceTask.Look())
        #expect(await maintenance.clear(now: server.now) == .success(GarbageReport()))
        #expect(await server.verify(token) == 200)
    }

    @Test("it takes steps until it is cancelled, and tells a trouble once")
    func running() async throws {
        let store = SwitchableStore()
        let server = try await InProcessServer.issuing(store: store)
        store.become(.failing)
        let maintenance = MaintenanceTask(store: store, signing: server.services.signing)
        let told = Locked<[String]>([])
        let before = store.readings.withLock { $0 }
        let task = Task {
            await maintenance.run(every: .milliseconds(1), clock: server.services.clock) { text in
                told.withLock { $0.append(text) }
            }
        }
        while store.readings.withLock({ $0 }) - before < 20 { await Task.yield() }
        task.cancel()
        await task.value
        #expect(told.withLock { $0 } == ["maintenance: the store is unavailable: as the test wants it"])
    }

    @Test("J15 a clearing that does not end keeps no revoked key in use")
    func slowClearing() async throws {
        let store = SwitchableStore()
        let server = try await InProcessServer.issuing(store: store)
        let maintenance = MaintenanceTask(store: store, signing: server.services.signing)
        store.become(.collecting)
        let task = Task {
            await maintenance.run(every: .milliseconds(1), clock: server.services.clock) { _ in }
        }
        while !store.isHanging { await Task.yield() }
        let token = try await server.accessToken()
        let key = try #require(server.ring.signer(at: server.now)?.id)
        #expect(try await store.revokeSigningKey(key, now: server.now))
        while server.ring.members.contains(where: { $0.stored.id == key }) { await Task.yield() }
        #expect(await server.verify(token) == 401)
        store.become(.well)
        task.cancel()
        await task.value
    }

    @Test("R08 readyz is 503 while the store fails or hangs, and asks it no more than once a second")
    func readiness() async throws {
        let request = HTTPRequest(.get, "/readyz", headers: ["Host": "a"])
        let store = SwitchableStore()
        let health = Health(store: StoreProbe(store))
        for _ in 0..<100 { #expect(await health.answer(request, .ready).status == 200) }
        #expect(store.readings.withLock { $0 } == 1)
        for mood in [SwitchableStore.Mood.failing, .hanging] {
            let store = SwitchableStore()
            store.become(mood)
            let probe = StoreProbe(store, age: .zero, patience: .milliseconds(50))
            let health = Health(store: probe)
            #expect(await health.answer(request, .ready).status == 503)
            #expect(await health.answer(request, .live).status == 200)
            store.become(.well)
            #expect(await health.answer(request, .ready).status == 200)
        }
        health.beginDraining()
        #expect(await health.answer(request, .ready).status == 503)
    }
}
