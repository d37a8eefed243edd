import Glibc
import HTTPServer
import TestSupport
import Testing

@Suite("more clients than there are places")
struct CrowdTests {
    private static let request = "GET /alive HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func options(limit: Int, kept: Int) -> HTTPServerOptions {
        FramingTests.options { options in
            options.connectionLimit = limit
            options.keptConnections = kept
        }
    }

    @Test("Q30 who rests longest gives way to new clients, and who was there last stays", arguments: [32, 512])
    func resting(_ limit: Int) async throws {
        try await ServerFixture.run(options: Self.options(limit: limit, kept: limit)) { fixture in
            let resting = try (0..<limit).map { _ in
                let client = try fixture.client(timeout: 30)
                #expect(try client.ask(Self.request).status == 200)
                return client
            }
            for _ in 0..<limit { #expect(try fixture.ask(Self.request).status == 200) }
            #expect(try resting[0].isClosed())
            #expect(try fixture.isUsable())
        }
    }

    @Test("Q30 clients that never ask for anything keep nobody away")
    func silent() async throws {
        try await ServerFixture.run(options: Self.options(limit: 32, kept: 8)) { fixture in
            var silent: [RawClient] = []
            for _ in 0..<200 {
                silent.append(try fixture.client())
                #expect(try fixture.ask(Self.request).status == 200)
            }
            #expect(try silent[0].isClosed())
        }
    }

    @Test("Q30 clients that send their requests slowly give way when nobody rests")
    func slow() async throws {
        try await ServerFixture.run(options: Self.options(limit: 16, kept: 16)) { fixture in
            let slow = try (0..<16).map { _ in
                let client = try fixture.client(timeout: 30)
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                return client
            }
            let start = ContinuousClock.now
            #expect(try fixture.ask(Self.request).status == 200)
            // Long before the deadline for a request would have ended the slow ones.
            #expect(ContinuousClock.now - start < .seconds(8))
            _ = slow
        }
    }

    @Test("who is being served gives way to nobody, and those who wait come next")
    func busy() async throws {
        let latch = Latch()
        let entered = Gate(8)
        let handler: HTTPServer.Handler = { request in
            if request.path == "/held" {
                await entered.arrive()
                await latch.wait()
            }
            return HTTPResponse(200, text: request.path)
        }
        try await ServerFixture.run(options: Self.options(limit: 8, kept: 8), handler: handler) { fixture in
            let held = try (0..<8).map { _ in
                let client = try fixture.client(timeout: 30)
                try client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
                return client
            }
            let waiting = try (0..<4).map { _ in
                let client = try fixture.client(timeout: 30)
                try client.send(Self.request)
                return client
            }
            Task {
                await entered.wait()
                await latch.open()
            }
            for client in held { #expect(try client.answer().body == "/held") }
            for client in waiting { #expect(try client.answer().body == "/alive") }
        }
    }

    @Test("Q31 an answer leaves only so many connections open, and those go on")
    func kept() async throws {
        try await ServerFixture.run(options: Self.options(limit: 64, kept: 8)) { fixture in
            let clients = try (0..<20).map { _ in try fixture.client() }
            let answers = try clients.map { try $0.ask(Self.request) }
            #expect(answers.map { $0.header("Connection") == "close" } == (0..<20).map { $0 >= 8 })
            for client in clients.prefix(8) { #expect(try client.ask(Self.request).status == 200) }
            for client in clients.dropFirst(8) { #expect(try client.isClosed()) }
        }
    }

    @Test("Q31 a place among the kept is free again when its client leaves")
    func leaving() async throws {
        try await ServerFixture.run(options: Self.options(limit: 64, kept: 1)) { fixture in
            for _ in 0..<3 {
                let client = try fixture.client()
                #expect(try client.ask(Self.request).header("Connection") == nil)
                client.finishSending()
                #expect(try client.isClosed())
            }
        }
    }
}
