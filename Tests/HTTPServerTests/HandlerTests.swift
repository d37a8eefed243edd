import HTTPServer
import Testing

@Suite("handlers and their answers")
struct HandlerTests {
    private struct Broken: Error {}

    @Test("a handler that throws gives 500 without its reason, and the connection goes on")
    func throwing() async throws {
        let handler: HTTPServer.Handler = { request in
            if request.path == "/throw" { throw Broken() }
            return HTTPResponse(200, text: "GET /alive")
        }
        try await ServerFixture.run(handler: handler) { fixture in
            let client = try fixture.client()
            let answer = try client.ask("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 500)
            #expect(answer.body == #"{"error":"server_error"}"#)
            #expect(try client.isUsable())
        }
    }

    @Test("a handler over its deadline is cancelled, its client gets 503, and its late answer goes nowhere")
    func deadline() async throws {
        var options = HTTPServerOptions()
        options.handlerDeadline = .milliseconds(700)
        let handler: HTTPServer.Handler = { request in
            if request.path == "/late" {
                try? await Task.sleep(for: .seconds(20))
                #expect(Task.isCancelled)
            }
            return HTTPResponse(200, text: "GET /alive")
        }
        try await ServerFixture.run(options: options, handler: handler) { fixture in
            let client = try fixture.client()
            let answer = try client.ask("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 503)
            #expect(answer.header("Retry-After") == "5")
            #expect(answer.body == #"{"error":"temporarily_unavailable"}"#)
            // On a busy machine the next request may be late as well; the connection serves until one is not.
            #expect(try (0..<40).contains { _ in try client.isUsable() })
        }
    }

    static let unsendable: [HTTPResponse] = [
        HTTPResponse(199), HTTPResponse(600), HTTPResponse(0), HTTPResponse(-1),
        HTTPResponse(200, headers: ["X": "a\r\nSet-Cookie: b"]), HTTPResponse(200, headers: ["X": "a\nb"]),
        HTTPResponse(200, headers: ["X": ""]), HTTPResponse(200, headers: ["X": " a"]),
        HTTPResponse(200, headers: ["X": "a\u{0}b"]), HTTPResponse(200, headers: ["X": "a\u{1B}b"]),
        HTTPResponse(200, headers: ["X": "a\u{7F}"]), HTTPResponse(200, headers: ["": "a"]),
        HTTPResponse(200, headers: ["X Y": "a"]), HTTPResponse(200, headers: ["X:": "a"]),
        HTTPResponse(200, headers: ["X\r\nY": "a"]), HTTPResponse(200, headers: ["Content-Length": "1"]),
        HTTPResponse(200, headers: ["Transfer-Encoding": "chunked"]),
        HTTPResponse(200, headers: ["Connection": "close"]),
        HTTPResponse(200, headers: ["X": String(repeating: "a", count: 8_192)]), HTTPResponse(204, text: "a"),
        HTTPResponse(304, text: "a"),
    ]

    @Test(
        "Q06 an answer that cannot go out as it stands becomes a 500, and the connection goes on", arguments: unsendable
    )
    func replaces(_ response: HTTPResponse) async throws {
        let handler: HTTPServer.Handler = { request in
            request.path == "/bad" ? response : HTTPResponse(200, text: "GET /alive")
        }
        try await ServerFixture.run(handler: handler) { fixture in
            let client = try fixture.client()
            let answer = try client.ask("GET /bad HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 500)
            #expect(answer.header("Set-Cookie") == nil)
            #expect(try client.isUsable())
        }
    }

    @Test("repeated and large headers of an answer arrive, up to the limit")
    func sendable() async throws {
        let large = String(repeating: "a", count: 8_000)
        let handler: HTTPServer.Handler = { _ in
            HTTPResponse(299, headers: ["Set-Cookie": "a=1", "set-cookie": "b=2", "X": large], text: "ok")
        }
        try await ServerFixture.run(handler: handler) { fixture in
            // Also when the request itself has taken most of the connection's memory.
            let long = String(repeating: "b", count: 16_000)
            let answer = try fixture.ask("GET /\(long) HTTP/1.1\r\nHost: a\r\nY: \(long)\r\n\r\n")
            #expect(answer.status == 299)
            #expect(answer.headers.filter { $0.name.lowercased() == "set-cookie" }.map(\.value) == ["a=1", "b=2"])
            #expect(answer.header("X") == large)
        }
    }

    @Test("a body of a megabyte arrives whole")
    func largeAnswer() async throws {
        let body = String(repeating: "0123456789abcdef", count: 65_536)
        try await ServerFixture.run(handler: { _ in HTTPResponse(200, text: body) }) { fixture in
            let answer = try fixture.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.body == body)
        }
    }

    @Test("sixty-four handlers wait at once, and each client gets its own answer")
    func concurrent() async throws {
        let gate = Gate(64)
        let handler: HTTPServer.Handler = { request in
            await gate.arrive()
            return HTTPResponse(200, text: request.path)
        }
        try await ServerFixture.run(handler: handler) { fixture in
            let clients = try (0..<64).map { _ in try fixture.client() }
            for (index, client) in clients.enumerated() {
                try client.send("GET /\(index) HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            for (index, client) in clients.enumerated() { #expect(try client.answer().body == "/\(index)") }
        }
    }

    @Test("the handler learns the peer's address")
    func remoteAddress() async throws {
        let handler: HTTPServer.Handler = { HTTPResponse(200, text: $0.remoteAddress) }
        try await ServerFixture.run(handler: handler) { fixture in
            let answer = try fixture.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.body == "127.0.0.1")
        }
    }
}

/// Lets nobody through before so many have come.
actor Gate {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private let passed = Latch()

    init(_ size: Int) {
        self.size = size
    }

    func arrive() async {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            if waiting.count == size {
                for waiter in waiting { waiter.resume() }
                Task { await passed.open() }
            }
        }
    }

    /// Waits until so many have come, without being one of them.
    nonisolated func wait() async { await passed.wait() }
}
