import HTTPClient
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import Testing

@testable import AuthServer

@Suite("clients whose host is down")
struct LastGoodDocumentTests {
    @Test("G19 the last good document serves tokens for as long as the host is down, authorizations only while fresh")
    func down() async throws {
        let fixture = DocumentsFixture()
        _ = try await fixture.resolve()
        fixture.goDown()
        for _ in 0..<3 {
            fixture.clock.pass(.seconds(86_400))
            #expect(try await fixture.resolve(for: .token).id == DocumentsFixture.id)
        }
        #expect(await fixture.rejection() == .clientDocument(.unreachable))
        #expect(await fixture.rejection(for: .token) == nil)
    }

    @Test("G19 the last good document survives a restart once it was kept")
    func restart() async throws {
        let fixture = DocumentsFixture()
        let client = try await fixture.resolve()
        fixture.goDown()
        let forgetful = fixture.restarted()
        #expect(
            await fixture.rejection(for: .token, in: forgetful) == .unavailable(.clientDocument, retryAfter: 30))
        try await fixture.documents.keep(client)
        fixture.clock.pass(.seconds(7 * 86_400))
        #expect(try await fixture.resolve(for: .token, in: fixture.restarted()) == client)
    }

    @Test("G19 without any copy a token request is asked to come again and never told that the client is unknown")
    func nothing() async throws {
        for answer in [200, 404, 500, 0] {
            let fixture = DocumentsFixture()
            fixture.fetcher.answer { (_) throws(HTTPClientError) in
                guard answer > 0 else { throw .timeout }
                return DocumentsFixture.answer(Array("{}".utf8), status: answer)
            }
            let found = await fixture.rejection(for: .token)
            #expect(found == .unavailable(.clientDocument, retryAfter: 30))
            #expect(found?.wire.code == .temporarilyUnavailable)
            #expect(found?.wire.status == 503)
        }
    }

    @Test("G19 a document that became invalid serves tokens as it last was, and no authorization")
    func becameInvalid() async throws {
        let fixture = DocumentsFixture()
        let client = try await fixture.resolve()
        fixture.clock.pass(.seconds(60))
        fixture.fetcher.answer { (question) throws(HTTPClientError) in
            DocumentsFixture.answer(DocumentsFixture.body(question.url, ",\"client_secret\":\"x\""))
        }
        #expect(await fixture.rejection() == .clientDocument(.secretInDocument))
        #expect(try await fixture.resolve(for: .token) == client)
    }

    @Test("a token request does not wait for the host when a copy is at hand, and brings a new one on its way")
    func background() async throws {
        let fixture = DocumentsFixture()
        _ = try await fixture.resolve()
        fixture.clock.pass(.seconds(60))
        fixture.fetcher.hold()
        fixture.fetcher.answer { (question) throws(HTTPClientError) in
            DocumentsFixture.answer(DocumentsFixture.body(question.url, ",\"grant_types\":[\"authorization_code\"]"))
        }
        #expect(try await fixture.resolve(for: .token).grantTypes.count == 2)
        while fixture.fetcher.count == 1 { await Task.yield() }
        fixture.fetcher.release()
        // The authorization joins the fetch that is on its way.
        #expect(try await fixture.resolve().grantTypes.count == 1)
        #expect(try await fixture.resolve(for: .token).grantTypes.count == 1)
        #expect(fixture.fetcher.count == 2)
    }

    @Test("a copy is written to the store once, and again when it was fetched again")
    func kept() async throws {
        let fixture = DocumentsFixture()
        let client = try await fixture.resolve()
        func stored() async -> UnixTime? {
            await fixture.store.document(DocumentsFixture.id, clientID: DocumentsFixture.id)?.fetchedAt
        }
        #expect(await stored() == nil)
        try await fixture.documents.keep(client)
        let first = await stored()
        #expect(first == fixture.clock.now)
        fixture.clock.pass(.seconds(60))
        try await fixture.documents.keep(client)
        #expect(await stored() == first)
        _ = try await fixture.resolve()
        try await fixture.documents.keep(client)
        #expect(await stored() == fixture.clock.now)
    }

    @Test("what the store holds is judged again; what no longer validates is fetched")
    func judgedAgain() async throws {
        let fixture = DocumentsFixture()
        let client = try await fixture.resolve()
        try await fixture.documents.keep(client)
        guard let stored = await fixture.store.document(client.id, clientID: client.id) else {
            Issue.record("nothing was kept")
            return
        }
        await fixture.store.keep(
            .init(
                clientID: client.id, url: client.id, body: Array("{}".utf8), entityTag: nil,
                fetchedAt: stored.fetchedAt + .seconds(1), freshUntil: stored.freshUntil))
        let count = fixture.fetcher.count
        #expect(try await fixture.resolve(for: .token, in: fixture.restarted()) == client)
        #expect(fixture.fetcher.count == count + 1)
    }

    @Test("G37 a document of a host that was taken out of the spec gets no codes and no tokens, kept or not")
    func hostTakenOut() async throws {
        let fixture = DocumentsFixture()
        try await fixture.documents.keep(try await fixture.resolve())
        let id = DocumentsFixture.id
        let documents = fixture.restarted(hosts: ["other.example"])
        #expect(await fixture.rejection(in: documents) == .unknownClient(id: id))
        #expect(await fixture.rejection(for: .token, in: documents) == .client(.unknown(id: id), basic: false))
        #expect(fixture.fetcher.count == 1)
        #expect(await fixture.rejection(for: .token, in: fixture.restarted(hosts: ["client.example"])) == nil)
    }

    @Test("G38 a document whose redirects are all refused since gets no codes and no tokens, and is told so")
    func redirectsTakenOut() async throws {
        let fixture = DocumentsFixture()
        let body = Array(
            #"{"client_id":"\#(DocumentsFixture.id)","redirect_uris":["https://old.example/cb"]}"#.utf8)
        fixture.fetcher.answer { (_) throws(HTTPClientError) in
            DocumentsFixture.answer(body, ["cache-control": "max-age=60"])
        }
        let trusting = fixture.restarted(trustedHosts: ["old.example"])
        try await trusting.keep(try await fixture.resolve(in: trusting))
        #expect(await fixture.rejection(for: .token, in: fixture.restarted(trustedHosts: ["old.example"])) == nil)
        let documents = fixture.restarted()
        #expect(await fixture.rejection(in: documents) == .clientDocument(.redirect(.foreignHost("old.example"))))
        #expect(
            await fixture.rejection(for: .token, in: documents) == .client(.excluded(host: "old.example"), basic: false)
        )
        // While the host is down nobody can say whether it has another redirect by now.
        fixture.goDown()
        #expect(
            await fixture.rejection(for: .token, in: fixture.restarted())
                == .unavailable(.clientDocument, retryAfter: 30))
    }

    @Test("a clock that was set back makes no copy fresh for ever")
    func clock() async throws {
        let fixture = DocumentsFixture(["cache-control": "max-age=60"])
        _ = try await fixture.resolve()
        fixture.clock.pass(.seconds(-86_400))
        _ = try await fixture.resolve()
        #expect(fixture.fetcher.count == 2)
        fixture.clock.pass(.seconds(60))
        _ = try await fixture.resolve()
        #expect(fixture.fetcher.count == 3)
    }
}
