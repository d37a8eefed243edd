import Foundation

/// An upstream that answers every request with the head it received, and remembers it.
///
/// The answer carries `X-Echo: <name>`, and the identity headers that a verifier would send, so that it can
/// stand behind `auth_request` too.
package final class EchoUpstream: Sendable {
    package let name: String
    package let port: Int
    private let listener: Int32
    // Not a `Mutex`: the thread sanitizer does not see through it.
    private let lock = NSLock()
    private nonisolated(unsafe) var seen: [RawMessage] = []  // guarded by `lock`
    private nonisolated(unsafe) var isStopped = false  // guarded by `lock`
    private let status: Int
    private let headers: [(String, String)]
    private let page: String?
    private let answering: (@Sendable (RawMessage) -> Answer)?

    /// What an upstream says to one request.
    package struct Answer: Sendable {
        let status: Int
        let headers: [(String, String)]
        let body: String

        package init(_ status: Int, _ headers: [(String, String)] = [], _ body: String = "") {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    /// Listens on a free port of 127.0.0.1; `status`, further `headers` and a `page` of HTML in the place of the echo
    /// are what it answers; or `answering` says it all, but for `X-Echo`.
    package init(
        name: String, status: Int = 200, headers: [(String, String)] = [], page: String? = nil,
        answering: (@Sendable (RawMessage) -> Answer)? = nil
    ) throws {
        self.name = name
        self.status = status
        self.headers = headers
        self.page = page
        self.answering = answering
        (listener, port) = try LoopbackSocket.listen()
        let thread = Thread { [weak self, listener] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    close(connection)
                    return
                }
                self.answer(connection)
            }
        }
        thread.start()
    }

    deinit {
        stop()
    }

    /// A second call does nothing: the descriptor may be another test's by then.
    package func stop() {
        let isFirst = lock.withLock {
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// What has arrived since the last call, in order.
    package func takeRequests() -> [RawMessage] {
        lock.withLock {
            defer { seen = [] }
            return seen
        }
    }

    private func answer(_ connection: Int32) {
        defer { close(connection) }
        var bytes: [UInt8] = []
        var wanted = Int.max
        while bytes.count < wanted {
            guard let more = try? LoopbackSocket.read(from: connection), !more.isEmpty else { break }
            bytes += more
            if wanted == .max, let end = RawHTTP.headEnd(bytes), let head = try? RawHTTP.parse(bytes) {
                wanted = end + 4 + (head.header("content-length").flatMap { Int($0) } ?? 0)
            }
        }
        guard let message = try? RawHTTP.parse(bytes) else { return }
        lock.withLock { seen.append(message) }
        if let answer = answering?(message) {
            let head =
                ["HTTP/1.1 \(answer.status) Echo", "Content-Length: \(answer.body.utf8.count)", "X-Echo: \(name)"]
                + ["Connection: close"] + answer.headers.map { "\($0): \($1)" }
            try? LoopbackSocket.write(
                Array((head.joined(separator: "\r\n") + "\r\n\r\n" + answer.body).utf8), to: connection)
            return
        }
        let body = page ?? String(decoding: bytes, as: UTF8.self)
        let head =
            [
                "HTTP/1.1 \(status) Echo", "Content-Type: text/\(page == nil ? "plain" : "html")",
                "Content-Length: \(body.utf8.count)", "Connection: close", "X-Echo: \(name)",
                "X-MCP-Subject: subject-1", "X-MCP-Issuer: issuer-1", "X-MCP-Client: client-1",
                "X-MCP-Scopes: scope-1",
            ] + headers.map { "\($0): \($1)" }
        try? LoopbackSocket.write(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8), to: connection)
    }
}
