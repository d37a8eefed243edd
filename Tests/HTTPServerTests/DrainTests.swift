import HTTPServer
import TestSupport
import Testing

@Suite("the end of a server")
struct DrainTests {
    /// A server whose handler waits until it is let go.
    private struct Held {
        let server: HTTPServer
        let latch = Latch()
        let entered = Latch()

        init(path: String? = nil) throws {
            let address = try path.map { ListenAddress.unix(path: $0) } ?? ListenAddress("127.0.0.1:0")
            server = try HTTPServer.start(on: address) { [latch, entered] request in
                if request.path == "/held" {
                    await entered.open()
                    await latch.wait()
                }
                return HTTPResponse(200, text: request.path)
            }
        }

        var port: UInt16 {
            if case .tcp(_, let port) = server.address { port } else { 0 }
        }
    }

    @Test("a request in flight is finished, says close, and new clients are refused meanwhile")
    func inFlight() async throws {
        let held = try Held()
        let port = held.port
        let answer = Task {
            try await onThread {
                let client = try RawClient(port: port)
                let answer = try client.ask("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
                return (answer.body, answer.header("Connection"), try client.isClosed())
            }
        }
        await held.entered.wait()
        let drain = Task { await held.server.drain(deadline: .seconds(10)) }
        try await onThread { while (try? RawClient(port: port)) != nil {} }
        await held.latch.open()
        let (body, connection, isClosed) = try await answer.value
        #expect(body == "/held")
        #expect(connection == "close")
        #expect(isClosed)
        await drain.value
    }

    @Test("at the deadline those still waiting get 503, and the server stops")
    func deadline() async throws {
        let held = try Held()
        let port = held.port
        let answer = Task {
            try await onThread { try RawClient(port: port).ask("GET /held HTTP/1.1\r\nHost: a\r\n\r\n").status }
        }
        await held.entered.wait()
        await held.server.drain(deadline: .milliseconds(50))
        #expect(try await answer.value == 503)
        await held.latch.open()
    }

    @Test("resting connections do not hold up the end, nor does a second drain")
    func idle() async throws {
        let held = try Held()
        let port = held.port
        let client = try await onThread {
            let client = try RawClient(port: port)
            #expect(try client.ask("GET /a HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
            return Parcel(client)
        }
        let start = ContinuousClock.now
        async let first: Void = held.server.drain(deadline: .seconds(60))
        async let second: Void = held.server.drain(deadline: .seconds(60))
        _ = await (first, second)
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await onThread { try client.value.isClosed() })
    }

    @Test("R01 drained in the middle of a storm, every request gets a whole answer or none")
    func storm() async throws {
        let server = try HTTPServer.start(on: ListenAddress("127.0.0.1:0")) { request in
            await Task.yield()
            return HTTPResponse(200, text: request.path)
        }
        guard case .tcp(_, let port) = server.address else { return }
        let started = Latch()
        let clients = (0..<8).map { _ in
            Task {
                try await onThread {
                    var served = 0
                    while true {
                        guard let client = try? RawClient(port: port) else { return served }
                        while true {
                            // The close may overtake the request: that client asks again elsewhere.
                            guard (try? client.send("GET /\(served) HTTP/1.1\r\nHost: a\r\n\r\n")) != nil,
                                let answer = try? client.answer()
                            else { break }
                            if answer.status == 503 { break }
                            guard answer.body == "/\(served)" else {
                                throw RawClient.Failure(description: "answer of another request: \(answer.body)")
                            }
                            served += 1
                            if served == 50 { Task { await started.open() } }
                        }
                    }
                }
            }
        }
        await started.wait()
        await server.drain(deadline: .seconds(10))
        for client in clients { #expect(try await client.value > 0) }
    }

    @Test("a hundred servers start and stop under load without a crash")
    func cycles() async throws {
        for _ in 0..<100 {
            let server = try HTTPServer.start(on: ListenAddress("127.0.0.1:0")) { _ in HTTPResponse(200, text: "a") }
            guard case .tcp(_, let port) = server.address else { return }
            let client = Task {
                try await onThread {
                    let client = try RawClient(port: port)
                    while (try? client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))?.status == 200 {}
                }
            }
            await Task.yield()
            await server.drain(deadline: .seconds(5))
            _ = await client.result
        }
    }
}

/// Opened once, it lets everyone through.
actor Latch {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for waiter in waiting { waiter.resume() }
        waiting = []
    }

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}

/// Carries a client from one thread to the next; never used by two at once.
struct Parcel<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
