import HTTPClient
import OAuthModel
import OAuthProtocol
import OAuthStores
import Testing

@testable import AuthServer

@Suite("what an unauthenticated caller can do to the documents of others")
struct DocumentLimitTests {
    private static let vendor = "https://vendor.example/client.json"

    /// A copy that has to be asked for again after a minute, of a client that has tokens.
    private func known(_ fixture: DocumentsFixture, _ url: String = vendor) async throws {
        try await fixture.documents.keep(try await fixture.resolve(url, from: "198.51.100.1"))
    }

    /// Has so many documents asked for at the vendor's host, each by an address of its own or all by one.
    private func flood(_ fixture: DocumentsFixture, _ count: Int, isOne: Bool) async -> [Rejection?] {
        var answers: [Rejection?] = []
        for number in 0..<count {
            answers.append(
                await fixture.rejection(
                    "https://vendor.example/\(number)", from: isOne ? "203.0.113.1" : "203.0.113.\(number)"))
        }
        return answers
    }

    @Test("G36 one unauthenticated caller who asks for documents without end is refused himself, and nobody else is")
    func stranger() async throws {
        let fixture = DocumentsFixture()
        let answers = await flood(fixture, 40, isOne: true)
        #expect(answers.prefix(10).allSatisfy { $0 == nil })
        #expect(answers.dropFirst(10).allSatisfy { $0 == .rateLimited(retryAfter: 6) })
        #expect(fixture.fetcher.count == 10)
        // A document of the same host that nobody has asked for yet, by somebody else.
        #expect(await fixture.rejection(Self.vendor, from: "198.51.100.1") == nil)
        // The other addresses of his network are he.
        #expect(await fixture.rejection(Self.vendor + "?1", from: "::ffff:203.0.113.1") != nil)
        fixture.clock.pass(.seconds(6))
        #expect(await fixture.rejection(Self.vendor + "?2", from: "203.0.113.1") == nil)
    }

    @Test("G31 a good copy serves where a limit forbids to fetch it anew, for a day after it was fetched")
    func stale() async throws {
        let fixture = DocumentsFixture()
        _ = try await fixture.resolve(Self.vendor)
        for _ in 0..<2 {
            // Enough unauthenticated callers to use up what the host of the vendor has.
            fixture.clock.pass(.seconds(60))
            #expect(await flood(fixture, 30, isOne: false).allSatisfy { $0 == nil })
            let count = fixture.fetcher.count
            #expect(await fixture.rejection(Self.vendor + "/new", from: "198.51.100.2") == .rateLimited(retryAfter: 60))
            #expect(try await fixture.resolve(Self.vendor, from: "198.51.100.1").id == Self.vendor)
            #expect(fixture.fetcher.count == count)
        }
        fixture.clock.pass(.seconds(86_400 - 121))
        _ = await flood(fixture, 30, isOne: false)
        #expect(await fixture.rejection(Self.vendor, from: "198.51.100.1") == nil)
        fixture.clock.pass(.seconds(1))
        #expect(await fixture.rejection(Self.vendor, from: "198.51.100.1") == .rateLimited(retryAfter: 59))
    }

    @Test("G31 such a copy serves after a restart, too")
    func restarted() async throws {
        let fixture = DocumentsFixture()
        try await known(fixture)
        fixture.clock.pass(.seconds(3_600))
        var limits = DocumentLimits()
        limits.knownFetchesPerMinute = 0
        let documents = fixture.restarted(limits: limits)
        #expect(try await fixture.resolve(Self.vendor, in: documents).id == Self.vendor)
        #expect(fixture.fetcher.count == 1)
    }

    @Test("G32 documents of clients with tokens are fetched anew, however much unauthenticated callers have used up")
    func reserve() async throws {
        let fixture = DocumentsFixture()
        try await known(fixture)
        fixture.clock.pass(.seconds(60))
        _ = await flood(fixture, 60, isOne: false)
        fixture.fetcher.answer { (question) throws(HTTPClientError) in
            DocumentsFixture.answer(DocumentsFixture.body(question.url, ",\"grant_types\":[\"authorization_code\"]"))
        }
        for documents in [fixture.documents, fixture.restarted()] {
            let count = fixture.fetcher.count
            let client = try await fixture.resolve(Self.vendor, from: "198.51.100.1", in: documents)
            #expect(client.grantTypes == [.authorizationCode])
            #expect(fixture.fetcher.count == count + 1)
        }
    }

    @Test("G33 a bounded number wait for documents, the rest come again later, and what is at hand is answered")
    func waiting() async throws {
        let fixture = DocumentsFixture()
        try await known(fixture)
        fixture.clock.pass(.seconds(60))
        fixture.fetcher.hold()
        let started = fixture.fetcher.count
        let waiting = (0..<200).map { number in
            // Four addresses, so that the room as a whole is what ends.
            Task { await fixture.rejection("https://slow.example/c", from: "203.0.113.\(number % 4)") }
        }
        var refused = 0
        for await rejection in Self.firsts(of: waiting, 104) {
            #expect(rejection == .unavailable(.clientDocument, retryAfter: 5))
            refused += 1
        }
        #expect(refused == 104)
        #expect(fixture.fetcher.count == started + 1)
        // A token request has its copy, and an authorization of a known client has room of its own.
        #expect(try await fixture.resolve(Self.vendor, for: .token).id == Self.vendor)
        let known = Task { await fixture.rejection(Self.vendor, from: "198.51.100.1") }
        while fixture.fetcher.count < started + 2 { await Task.yield() }
        fixture.fetcher.release()
        #expect(await known.value == nil)
        var served = 0
        for task in waiting { served += await task.value == nil ? 1 : 0 }
        #expect(served == 96)
    }

    @Test("G33 one unauthenticated caller who waits leaves room for others")
    func waitingAlone() async throws {
        let fixture = DocumentsFixture()
        fixture.fetcher.hold()
        let waiting = (0..<90).map { number in
            Task { await fixture.rejection("https://slow.example/\(number % 3)", from: "203.0.113.1") }
        }
        for await rejection in Self.firsts(of: waiting, 26) {
            #expect(rejection == .unavailable(.clientDocument, retryAfter: 5))
        }
        let other = Task { await fixture.rejection(from: "198.51.100.1") }
        while fixture.fetcher.count < 4 { await Task.yield() }
        fixture.fetcher.release()
        #expect(await other.value == nil)
        for task in waiting { _ = await task.value }
    }

    @Test("G34 that the server itself is too busy is not held against a host")
    func overloaded() async throws {
        let fixture = DocumentsFixture()
        _ = try await fixture.resolve()
        fixture.clock.pass(.seconds(60))
        fixture.goDown(.overloaded)
        #expect(await fixture.rejection() == nil)
        #expect(await fixture.rejection("https://new.example/c") == .unavailable(.clientDocument, retryAfter: 5))
        fixture.fetcher.answer { (question) throws(HTTPClientError) in DocumentsFixture.good(question.url) }
        #expect(await fixture.rejection("https://new.example/c") == nil)
    }

    /// The answers of those that are answered first, so many of them.
    private static func firsts(of tasks: [Task<Rejection?, Never>], _ count: Int) -> AsyncStream<Rejection?> {
        let (stream, continuation) = AsyncStream<Rejection?>.makeStream()
        for task in tasks { Task { continuation.yield(await task.value) } }
        return AsyncStream { next in
            Task {
                var left = count
                for await answer in stream {
                    next.yield(answer)
                    left -= 1
                    if left == 0 { break }
                }
                next.finish()
            }
        }
    }
}
