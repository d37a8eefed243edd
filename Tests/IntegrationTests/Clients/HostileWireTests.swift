import TestSupport
import Testing

/// What the HTTP library under connectorgen-auth would let pass, sent through nginx on the generated files: either
/// nginx refuses it or it arrives and is refused there, and in both cases the connection is afterwards what it should
/// be. The same directly, without nginx, is in HTTPServerTests.
@Suite(
    "hostile bytes through nginx to connectorgen-auth",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct HostileWireTests {
    /// One request with HOST for the authority, the status that answers it, and what the connection does then.
    private struct Trial {
        let text: String
        let status: Int
        /// True when the next request on the connection is answered, false when it is closed.
        let goesOn: Bool

        static func refused(_ texts: [String], as status: Int = 400) -> [Trial] {
            texts.map { Trial(text: $0, status: status, goesOn: true) }
        }

        static func closed(_ texts: [String], as status: Int = 400) -> [Trial] {
            texts.map { Trial(text: $0, status: status, goesOn: false) }
        }
    }

    private struct Outcome: Sendable {
        /// Nil when the connection ended before an answer.
        let answer: RawMessage?
        let goesOn: Bool
    }

    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(name: "application")
    }

    // MARK: bytes

    private static let form = "Content-Type: application/x-www-form-urlencoded\r\n"

    /// A token request; each part can be another.
    private static func request(
        _ method: String = "POST", _ target: String = "/mcp/token", host: String = "Host: HOST\r\n",
        fields: String = "", length: String? = nil, body: String = "grant_type=x"
    ) -> String {
        let length = length ?? (body.isEmpty ? "" : "Content-Length: \(body.unicodeScalars.count)\r\n")
        return "\(method) \(target) HTTP/1.1\r\n\(host)\(form)\(fields)\(length)\r\n\(body)"
    }

    private static func get(_ target: String) -> String {
        "GET \(target) HTTP/1.1\r\nHost: HOST\r\n\r\n"
    }

    /// A byte for each scalar, so that a test can write any of them.
    private static func bytes(_ text: String, port: Int) -> [UInt8] {
        text.replacing("HOST", with: "127.0.0.1:\(port)").unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private static func send(_ text: String, port: Int) throws -> Outcome {
        let connection = try LoopbackSocket.connect(port: port)
        defer { LoopbackSocket.end(connection) }
        // It may be answered and closed before all of it was sent.
        try? LoopbackSocket.write(bytes(text, port: port), to: connection)
        let answer = answer(on: connection)
        try? LoopbackSocket.write(bytes(get("/mcp/jwks.json"), port: port), to: connection)
        return Outcome(answer: answer, goesOn: Self.answer(on: connection)?.status == 200)
    }

    /// The next whole answer; nil when the connection ends before it.
    private static func answer(on connection: Int32) -> RawMessage? {
        var bytes: [UInt8] = []
        while let more = try? LoopbackSocket.read(from: connection), !more.isEmpty {
            bytes += more
            guard let end = RawHTTP.headEnd(bytes), let message = try? RawHTTP.parse(bytes) else { continue }
            if let length = message.header("Content-Length").flatMap({ Int($0) }) {
                if bytes.count >= end + 4 + length { return message }
            } else if bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8) {
                return message
            }
        }
        return nil
    }

    /// Sends each on a connection of its own; others are served as before.
    private func expect(_ trials: [Trial], location: SourceLocation = #_sourceLocation) async throws {
        let live = try await NginxDeployment(for: application)
        let port = live.nginx.port
        for trial in trials {
            let outcome = try await onThread { try Self.send(trial.text, port: port) }
            let name = Comment(
                rawValue: "\(String(trial.text.prefix(160)).debugDescription): \(outcome.answer?.startLine ?? "none")")
            // Where nginx stops reading, its answer may be lost with what it did not read.
            let isLost = outcome.answer == nil && !trial.goesOn && trial.text.utf8.count > 60_000
            #expect(outcome.answer?.status == trial.status || isLost, name, sourceLocation: location)
            #expect(outcome.goesOn == trial.goesOn, name, sourceLocation: location)
            let fields = outcome.answer?.headers.map(\.value) ?? []
            #expect(!(fields + [outcome.answer?.text ?? ""]).contains { $0.contains("evil.example") }, name)
        }
        #expect(try await live.ask("GET", "/mcp/jwks.json").status == 200)
        #expect(application.takeRequests().isEmpty)
    }

    // MARK: cases

    @Test("Q06 L08 a target that could be read in two ways is refused, and the raw path is what is routed")
    func targets() async throws {
        let ours = ["//mcp/token", "/mcp//token", "/mcp/./token", "/x/../mcp/token", "/mcp/token#f", "/mcp%2Ftoken"]
        let nginx = [
            "/mcp/token%00", "mcp/token", "*", "/mcp/to\u{1}ken", "/mcp/to\tken", "/mcp/to\u{7F}ken", "/mcp/to\u{0}ken",
            "/mcp/../../token",
        ]
        try await expect(
            Trial.refused(ours.map { Self.request("POST", $0) }) + Trial.closed(nginx.map { Self.request("POST", $0) })
                + Trial.refused([Self.request("POST", "/%6dcp/token")], as: 404)
                // Paths of the resource, which asks for a token.
                + Trial.refused(
                    ["/mcp/token%0d%0aX:%20a", "/mcp/t\u{F6}ken"].map { Self.request("POST", $0) }, as: 401))
    }

    @Test("Q06 L09 another authority in the target or in Host changes nothing of the answer")
    func authorities() async throws {
        try await expect(
            Trial.refused([
                Self.request("POST", "http://evil.example/mcp/token"), Self.request(host: "Host: evil.example\r\n"),
                Self.request(fields: "X-Forwarded-Host: evil.example\r\n"),
            ])
                + Trial.closed([
                    Self.request(host: "Host: HOST\r\nHost: evil.example\r\n"), Self.request(host: ""),
                    Self.request("CONNECT", "HOST", body: ""),
                ]))
    }

    @Test("Q09 a query or a form that is malformed, repeated or endless is refused, and the connection goes on")
    func parameters() async throws {
        let queries = [
            "a=%", "a=%zz", "a=%00", "a=%ff", "a=%c3%28", "=a", "client_id=a&client_id=b",
            Array(repeating: "a=b", count: 101).joined(separator: "&"),
        ]
        let forms = [
            "grant_type=%", "grant_type=%c3%28", "grant_type=\u{FF}", "grant_type=%00", "grant_type=a&grant_type=b",
            (0..<101).map { "a\($0)=b" }.joined(separator: "&"),
            String((0..<10_000).map { "a\($0)=" }.joined(separator: "&").prefix(65_000)),
            "scope=" + String(repeating: "%2525", count: 5_000),
        ]
        let beyond = Array(repeating: "a", count: 1_500).joined(separator: "&")
        try await expect(
            Trial.refused(queries.map { Self.get("/mcp/authorize?\($0)") })
                + Trial.refused(forms.map { Self.request(body: $0) })
                // The library ends the connection to nginx without a word, and nginx says so to this one client.
                + Trial.refused([Self.get("/mcp/authorize?\(beyond)")], as: 503)
                + Trial.closed([Self.request(body: "scope=" + String(repeating: "a", count: 5_242_880))], as: 413))
    }

    @Test("L29 a method that is not on the list is refused, and never arrives as another one")
    func methods() async throws {
        try await expect(
            Trial.refused(["PROPFIND", "GETX", "PATCH", "PUT", "DELETE"].map { Self.request($0) }, as: 405)
                + Trial.closed([Self.request("TRACE", body: "")], as: 405) + Trial.closed([Self.request("post")]))
    }

    @Test("Q06 headers that could be read in two ways are refused")
    func headers() async throws {
        let ours = ["X: a\u{1}b", "X: a\u{7F}b", "X: \u{C3}\u{28}", "Content-Type: a/b"]
        let nginx = [
            "X : a", "X: a\r\n b", "X: a\u{0}b", "X: a\rb",
            "Authorization: Basic YTpi\r\nAuthorization: Basic YTpj",
        ]
        try await expect(
            Trial.refused(ours.map { Self.request(fields: $0 + "\r\n") })
                + Trial.closed(nginx.map { Self.request(fields: $0 + "\r\n") }))
    }

    @Test("L30 two opinions about the length are refused, and what stands behind is never a request")
    func lengths() async throws {
        let hidden = "0\r\n\r\nGET /mcp/jwks.json HTTP/1.1\r\nHost: HOST\r\n\r\n"
        let lines = [
            "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
            "Content-Length: 5\r\nContent-Length: 6", "Content-Length: +5", "Content-Length: 5, 5", "Content-Length:",
            "Content-Length: 99999999999999999999999", "Transfer-Encoding : chunked",
        ]
        let chunked = "Transfer-Encoding: chunked\r\n"
        try await expect(
            Trial.closed(lines.map { Self.request(length: $0 + "\r\n", body: hidden) })
                + Trial.closed([Self.request(length: chunked, body: "c;a\nb\r\ngrant_type=x\r\n0\r\n\r\n")])
                + Trial.closed([Self.request(length: "Transfer-Encoding: identity\r\n", body: "")], as: 501)
                // nginx sends it on with a length; the form is what is wrong with it.
                + Trial.refused([Self.request(length: chunked, body: "1\r\nx\r\n0\r\n\r\n")]))
    }

    @Test("Q04 Q05 what is too large is refused at the edge, and the connection closed where it was not read")
    func sizes() async throws {
        try await expect(
            Trial.refused([
                Self.request(body: "a=" + String(repeating: "b", count: 65_534)),
                Self.get("/mcp/authorize?a=" + String(repeating: "b", count: 8_000)),
            ])
                + Trial.refused([Self.request(fields: String(repeating: "X: a\r\n", count: 300))], as: 431)
                + Trial.closed(
                    [
                        Self.request(body: "a=" + String(repeating: "b", count: 65_535)),
                        Self.request(length: "Content-Length: 1073741824\r\n", body: ""),
                    ], as: 413)
                + Trial.closed([Self.get("/mcp/authorize?a=" + String(repeating: "b", count: 64_000))], as: 414)
                + Trial.closed([
                    Self.request(fields: String(repeating: "X: a\r\n", count: 100_000)),
                    Self.request(fields: "X: \(String(repeating: "a", count: 1_048_576))\r\n"),
                    Self.request(fields: String(repeating: "Cookie: a=b\r\n", count: 10_000)),
                ]))
    }

    @Test("S06 ranges, conditions, trailers and an upgrade to HTTP/2 in clear are passed over")
    func passedOver() async throws {
        let live = try await NginxDeployment(for: application)
        let whole = try await live.ask("GET", "/mcp/jwks.json")
        for fields in [
            [("Range", "bytes=0-3")], [("If-Modified-Since", "Sun, 21 Nov 2077 10:00:00 GMT")], [("TE", "trailers")],
            [("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA")],
        ] {
            let answer = try await live.ask("GET", "/mcp/jwks.json", headers: fields)
            #expect(answer.status == 200 && answer.body == whole.body, "\(fields)")
            #expect(answer.header("Upgrade") == nil && answer.header("Content-Range") == nil, "\(fields)")
        }
    }

    @Test("S09 S10 probes find nothing, whatever their name, and answers tell the time and not the maker")
    func probes() async throws {
        let live = try await NginxDeployment(for: application)
        for target in ["/favicon.ico", "/robots.txt", "/.git/config", "/.env", "/backup.sql", "/mcp/token.bak"] {
            let answer = try await live.ask("GET", target)
            // 418 is the rest of the site, 401 the resource, which guards what is below it.
            #expect([404, 418, 401].contains(answer.status), "\(target) \(answer.startLine)")
        }
        for target in ["/mcp/jwks.json", "/mcp/token", "/mcp/authorize"] {
            let answer = try await live.ask("GET", target)
            #expect(answer.values("Date").count == 1)
            #expect(answer.header("X-Powered-By") == nil)
            #expect(!(answer.header("Server") ?? "").lowercased().contains("microhttpd"))
        }
        #expect(application.takeRequests().isEmpty)
    }
}
