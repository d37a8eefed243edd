import HTTPClient
import HTTPServer
import OAuthProtocol
import Testing

@testable import AuthServer

@Suite("clients by the documents they publish")
struct ClientDocumentsTests {
    @Test("G01 a document becomes a client, and is asked for once while it is fresh")
    func resolved() async throws {
        let fixture = DocumentsFixture()
        for _ in 0..<5 {
            let client = try await fixture.resolve()
            #expect(client.id == DocumentsFixture.id && client.origin == .document && client.isPublic)
        }
        #expect(fixture.fetcher.count == 1)
    }

    @Test("64 who ask at once share one fetch, and its failure")
    func coalesced() async throws {
        let fixture = DocumentsFixture(["cache-control": "no-store"])
        for isDown in [false, true] {
            if isDown { fixture.goDown() }
            fixture.fetcher.hold()
            let before = fixture.fetcher.count
            let found = await withTaskGroup(of: Rejection?.self) { group in
                for _ in 0..<64 { group.addTask { await fixture.rejection() } }
                while fixture.fetcher.count == before { await Task.yield() }
                fixture.fetcher.release()
                return await group.reduce(into: [Rejection?]()) { $0.append($1) }
            }
            #expect(found.allSatisfy { $0 == (isDown ? .clientDocument(.unreachable) : nil) })
            // Who comes after the answer asks again, because it was good for those who waited alone.
            #expect(isDown ? fixture.fetcher.count == before + 1 : fixture.fetcher.count >= before + 1)
        }
    }

    @Test("who waits is served although the first one gave up")
    func abandoned() async throws {
        let fixture = DocumentsFixture()
        fixture.fetcher.hold()
        let first = Task { await fixture.rejection() }
        while fixture.fetcher.count == 0 { await Task.yield() }
        first.cancel()
        let second = Task { await fixture.rejection() }
        fixture.fetcher.release()
        #expect(await second.value == nil)
        #expect(await first.value == nil)
        #expect(fixture.fetcher.count == 1)
    }

    @Test("G15 after its time a document is asked for by its tag, and 304 renews it")
    func revalidated() async throws {
        let fixture = DocumentsFixture(["cache-control": "max-age=60", "etag": "\"one\""])
        _ = try await fixture.resolve()
        fixture.clock.pass(.seconds(59))
        _ = try await fixture.resolve()
        #expect(fixture.fetcher.questions.map(\.entityTag) == [nil])
        fixture.clock.pass(.seconds(1))
        fixture.fetcher.answer { (_) throws(HTTPClientError) in
            DocumentsFixture.answer([], ["cache-control": "max-age=100"], status: 304)
        }
        #expect(try await fixture.resolve().name == "Client")
        fixture.clock.pass(.seconds(99))
        _ = try await fixture.resolve()
        #expect(fixture.fetcher.questions.map(\.entityTag) == [nil, "\"one\""])
        fixture.clock.pass(.seconds(1))
        _ = try await fixture.resolve()
        #expect(fixture.fetcher.questions.map(\.entityTag) == [nil, "\"one\"", "\"one\""])
    }

    @Test("G15 a 304 that nobody asked for is a failure, and a malformed tag is not sent back")
    func tags() async throws {
        let fixture = DocumentsFixture()
        fixture.fetcher.answer { (_) throws(HTTPClientError) in DocumentsFixture.answer([], status: 304) }
        #expect(await fixture.rejection() == .clientDocument(.unreachable))
        for tag in ["one", "\"", "", "\"a\u{7F}\"", "\"a\", \"b\"", "\"\(String(repeating: "x", count: 300))\""] {
            let fixture = DocumentsFixture(["etag": tag, "cache-control": "no-store"])
            for _ in 0..<2 { _ = try await fixture.resolve() }
            #expect(fixture.fetcher.questions.map(\.entityTag) == [nil, nil])
        }
        let weak = DocumentsFixture(["etag": "W/\"1\"", "cache-control": "no-store"])
        for _ in 0..<2 { _ = try await weak.resolve() }
        #expect(weak.fetcher.questions.map(\.entityTag) == [nil, "W/\"1\""])
    }

    @Test("G15 no document is used for longer than a day, and one marked no-store for one question alone")
    func bounds() async throws {
        let long = DocumentsFixture(["cache-control": "max-age=31536000"])
        _ = try await long.resolve()
        long.clock.pass(.seconds(86_399))
        _ = try await long.resolve()
        #expect(long.fetcher.count == 1)
        long.clock.pass(.seconds(1))
        _ = try await long.resolve()
        #expect(long.fetcher.count == 2)
        let none = DocumentsFixture(["cache-control": "no-store"])
        for _ in 0..<3 { _ = try await none.resolve() }
        #expect(none.fetcher.count == 3)
    }

    @Test("G15 an invalid document is refused each time it is fetched and never kept")
    func invalid() async throws {
        let fixture = DocumentsFixture()
        fixture.fetcher.answer { (question) throws(HTTPClientError) in
            DocumentsFixture.answer(DocumentsFixture.body(question.url + "/"), ["cache-control": "max-age=60"])
        }
        for count in 1...3 {
            #expect(await fixture.rejection() == .clientDocument(.otherIdentifier))
            #expect(fixture.fetcher.count == count)
        }
        fixture.fetcher.answer { (question) throws(HTTPClientError) in DocumentsFixture.good(question.url) }
        #expect(await fixture.rejection() == nil)
    }

    @Test(
        "G15 a host that fails is asked again after half a minute",
        arguments: [
            HTTPClientError.refusedAddress, .timeout, .tls, .tooLarge, .redirect(status: 302), .unresolved,
            .unreachable,
        ])
    func failures(error: HTTPClientError) async throws {
        let fixture = DocumentsFixture()
        fixture.goDown(error)
        let found = await fixture.rejection()
        #expect(found == .clientDocument(.unreachable))
        #expect(found?.wire.pageStatus == 400)
        #expect(found?.wire.code == .invalidClient)
        #expect(fixture.failures.withLock { $0 } == [.fetch(error)])
        fixture.fetcher.answer { (question) throws(HTTPClientError) in DocumentsFixture.good(question.url) }
        fixture.clock.pass(.seconds(29))
        #expect(await fixture.rejection() != nil)
        #expect(fixture.fetcher.count == 1)
        fixture.clock.pass(.seconds(1))
        #expect(await fixture.rejection() == nil)
    }

    @Test("any status but 200 is a failure", arguments: [201, 204, 400, 403, 404, 429, 500, 503])
    func statuses(status: Int) async throws {
        let fixture = DocumentsFixture()
        fixture.fetcher.answer { (question) throws(HTTPClientError) in
            DocumentsFixture.answer(DocumentsFixture.body(question.url), status: status)
        }
        #expect(await fixture.rejection() == .clientDocument(.unreachable))
        #expect(fixture.failures.withLock { $0 } == [.status(status)])
    }

    @Test("G08 a fetcher that brings too much is not believed")
    func large() async throws {
        let fixture = DocumentsFixture()
        fixture.fetcher.answer { (question) throws(HTTPClientError) in
            DocumentsFixture.answer(
                DocumentsFixture.body(question.url, ",\"x\":\"" + String(repeating: "x", count: 5_120) + "\""))
        }
        #expect(await fixture.rejection() == .clientDocument(.unreachable))
    }

    @Test("G22 only listed hosts are asked where hosts are listed, in any case and as a whole")
    func hosts() async throws {
        let fixture = DocumentsFixture(hosts: ["client.example"])
        #expect(await fixture.rejection() == nil)
        #expect(await fixture.rejection("https://CLIENT.example/c.json") == nil)
        let count = fixture.fetcher.count
        for host in ["other.example", "evil.client.example", "client.example.evil.example", "clientxexample"] {
            let id = "https://\(host)/c.json"
            let found = await fixture.rejection(id)
            #expect(found == .unknownClient(id: id))
            #expect(found?.wire.pageStatus == 400)
            #expect(await fixture.rejection(id, for: .token) == .client(.unknown(id: id), basic: false))
        }
        #expect(fixture.fetcher.count == count)
    }

    @Test("a document that lacks what is asked for is fetched anew, at most twice a minute")
    func lacking() async throws {
        let fixture = DocumentsFixture(["cache-control": "max-age=3600"])
        _ = try await fixture.resolve()
        _ = try await fixture.resolve(lacksSomething: true)
        #expect(fixture.fetcher.count == 1)
        fixture.clock.pass(.seconds(30))
        _ = try await fixture.resolve(lacksSomething: true)
        _ = try await fixture.resolve(lacksSomething: true)
        #expect(fixture.fetcher.count == 2)
        _ = try await fixture.resolve()
        #expect(fixture.fetcher.count == 2)
    }

    @Test("unauthenticated callers cannot make the server fetch without end, nor hold without end")
    func egress() async throws {
        var limits = DocumentLimits()
        limits.fetchesPerMinute = 10
        limits.fetchesPerHostAndMinute = 4
        limits.copies = 3
        let fixture = DocumentsFixture(limits: limits)
        for number in 1...4 { #expect(await fixture.rejection("https://a.example/\(number)") == nil) }
        #expect(await fixture.rejection("https://A.example/5") == .rateLimited(retryAfter: 60))
        #expect(
            await fixture.rejection("https://a.example/5", for: .token)
                == .unavailable(.clientDocument, retryAfter: 60))
        for number in 1...6 { #expect(await fixture.rejection("https://host-\(number).example/c") == nil) }
        fixture.clock.pass(.seconds(20))
        #expect(await fixture.rejection("https://b.example/1") == .rateLimited(retryAfter: 40))
        // What is at hand needs no fetch, and what gave way does.
        #expect(await fixture.rejection("https://host-6.example/c") == nil)
        #expect(await fixture.rejection("https://host-1.example/c") == .rateLimited(retryAfter: 40))
        #expect(fixture.fetcher.count == 10)
        fixture.clock.pass(.seconds(40))
        #expect(await fixture.rejection("https://host-1.example/c") == nil)
    }
}
