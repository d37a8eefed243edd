import HTTPServer
import TestSupport

/// A server on a free port for the length of a test.
struct ServerFixture: Sendable {
    let server: HTTPServer

    var port: UInt16 {
        guard case .tcp(_, let port) = server.address else { return 0 }
        return port
    }

    /// Runs `body` on a thread of its own against a server with this handler, and drains the server after it.
    static func run<Value: Sendable>(
        options: HTTPServerOptions = HTTPServerOptions(), handler: @escaping HTTPServer.Handler = echo,
        _ body: @escaping @Sendable (ServerFixture) throws -> Value
    ) async throws -> Value {
        let server = try HTTPServer.start(on: ListenAddress("127.0.0.1:0"), options: options, handler: handler)
        let result: Result<Value, any Error>
        do {
            result = .success(try await onThread { try body(ServerFixture(server: server)) })
        } catch {
            result = .failure(error)
        }
        await server.drain(deadline: .seconds(5))
        return try result.get()
    }

    /// Answers with what arrived, a line for each part.
    static let echo: HTTPServer.Handler = { request in
        var lines = ["\(request.method.rawValue) \(request.path)"]
        if let query = request.rawQuery { lines.append("?\(query)") }
        lines += request.query.pairs.map { "\($0.name)=\($0.value)" }
        lines += request.headers.fields.filter { $0.name != "Host" }.map { "\($0.name): \($0.value)" }
        lines += request.cookies.pairs.map { "cookie \($0.name)=\($0.value)" }
        if !request.body.isEmpty { lines.append("body \(String(decoding: request.body, as: UTF8.self))") }
        return HTTPResponse(200, headers: ["Content-Type": "text/plain"], text: lines.joined(separator: "\n"))
    }

    func client(timeout: Int = 10) throws -> RawClient {
        try RawClient(port: port, timeout: timeout)
    }

    /// The answer to a request on a connection of its own.
    func ask(_ text: String) throws -> RawClient.Answer {
        let client = try client()
        return try client.ask(text)
    }

    /// True when a new client is served.
    func isUsable() throws -> Bool {
        let client = try client()
        return try client.isUsable()
    }
}

extension RawClient {
    /// True when the connection still serves.
    func isUsable() throws -> Bool {
        try ask("GET /alive HTTP/1.1\r\nHost: a\r\n\r\n").body.hasPrefix("GET /alive")
    }
}
