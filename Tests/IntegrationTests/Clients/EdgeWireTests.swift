import ConnectorBackends
import Glibc
import TestSupport
import Testing

/// What a client may write to a transport, and what of it anybody behind nginx gets to see: real nginx on the generated
/// files, a real connectorgen-auth.
@Suite(
    "what comes through nginx to the verification and to an MCP server",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct EdgeWireTests {
    private static let page = "https://claude.ai"
    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(
            name: "application", headers: [("Set-Cookie", "__Host-cg-session=planted; Path=/; Secure")])
    }

    private func challenge(_ live: NginxDeployment) -> String {
        let metadata = live.url.replacing("/mcp", with: "/.well-known/oauth-protected-resource/mcp")
        return #"Bearer resource_metadata="\#(metadata)", scope="mcp.tools""#
    }

    private func isRefused(_ answer: RawMessage, _ status: Int, _ place: Comment) {
        #expect(answer.status == status, place)
        #expect(answer.header("X-Echo") == nil, place)
        #expect(application.takeRequests().isEmpty, place)
    }

    /// One POST with a head of bytes.
    private func post(_ live: NginxDeployment, at target: String = "/mcp", _ fields: [[UInt8]]) async throws
        -> RawMessage
    {
        let port = live.nginx.port
        var bytes = Array("POST \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n".utf8)
        for field in fields { bytes += field + [13, 10] }
        bytes += Array("Content-Length: 2\r\n\r\n{}".utf8)
        let request = bytes
        return try await onThread {
            let connection = try LoopbackSocket.connect(port: port)
            defer { close(connection) }
            try LoopbackSocket.write(request, to: connection)
            var answer: [UInt8] = []
            while let more = try? LoopbackSocket.read(from: connection), !more.isEmpty { answer += more }
            return try RawHTTP.parse(answer)
        }
    }

    // MARK: Cookies

    @Test(
        "H60 no cookie reaches an MCP server, however it is written, and no MCP server plants one",
        arguments: ["edge", "application"])
    func cookies(verification: String) async throws {
        let live = try await NginxDeployment(for: application, connector: "verify: \(verification)")
        let token = try await live.grant().access
        let spellings = [
            [("Cookie", "__Host-cg-session=stolen")], [("cookie", "a=b; __Host-cg-browser=stolen; c=d")],
            [("COOKIE", "a=b"), ("Cookie", "__Host-cg-session=stolen"), ("cookie", "x=stolen")],
            [("Cookie", #"$Version=1; __Host-cg-session="stolen""#)], [("Cookie", "__Host-cg-session=stolen,a=b")],
        ]
        for target in ["/mcp", "/mcp/x"] {
            for cookies in spellings {
                let answer = try await live.ask(
                    "POST", target, headers: [("Authorization", "Bearer \(token)")] + cookies, body: "{}")
                #expect(answer.header("X-Echo") == "application")
                #expect(answer.values("Set-Cookie") == [])
                let request = try #require(application.takeRequests().first)
                #expect(request.values("Cookie") == [] && !request.headers.contains { $0.value.contains("stolen") })
            }
        }
    }

    @Test("H60 an application that verifies for itself beside an issuer of others keeps its own cookies")
    func ownCookies() throws {
        // Nobody signs in on such a deployment, so that there are no cookies of ours to lose.
        let artifacts = try Example(name: "keycloak-farm").compile().artifacts
        let host = try #require(artifacts.first { $0.path == "nginx/search.example.com.conf" })
        let text = String(decoding: host.bytes, as: UTF8.self)
        #expect(text.contains("location = /mcp {") && !text.contains("snippets/transport-edge"))
        let snippets = artifacts.filter { text.contains("/" + $0.path.dropFirst("nginx/".count) + ";") }
        let nested = artifacts.filter { $0.path.hasPrefix("nginx/snippets/transport-application") }
        #expect(snippets.count >= 3 && nested.count >= 3)
        for file in [host] + snippets + nested {
            #expect(!String(decoding: file.bytes, as: UTF8.self).contains("Cookie"), "\(file.path)")
        }
    }

    // MARK: Preflights

    @Test("H61 a preflight is answered before the MCP server, which owns CORS, and brings nothing to it")
    func preflight() async throws {
        let live = try await NginxDeployment(for: application, connector: "allowed_origins: [\(Self.page)]")
        let more = [
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-own"), ("Cookie", "a=b"),
            ("X-HTTP-Method-Override", "POST"),
        ]
        for target in ["/mcp", "/mcp/x?y=z"] {
            let answer = try await live.ask(
                "OPTIONS", target, headers: [("Origin", Self.page)] + more, body: #"{"method":"tools/call"}"#)
            isRefused(answer, 204, "\(target)")
            #expect(answer.values("Access-Control-Allow-Origin") == [Self.page])
            #expect(answer.values("Access-Control-Allow-Methods") == ["GET, POST, DELETE, OPTIONS"])
            #expect(answer.values("Access-Control-Allow-Headers") == ["authorization,content-type,x-own"])
            #expect(answer.values("Access-Control-Allow-Credentials") == [])
        }
        let foreign = try await live.ask("OPTIONS", "/mcp", headers: [("Origin", "https://evil.example")] + more)
        isRefused(foreign, 403, "foreign")
        #expect(foreign.values("Access-Control-Allow-Origin") == [])
        let bare = try await live.ask("OPTIONS", "/mcp", headers: [("Origin", Self.page)], body: "{}")
        isRefused(bare, 401, "no preflight")
        let token = try await live.grant().access
        let answered = try await live.ask(
            "OPTIONS", "/mcp",
            headers: [("Authorization", "Bearer \(token)"), ("X-MCP-Origin", "https://evil.example")])
        isRefused(answered, 204, "with a token")
        #expect(answered.values("Access-Control-Allow-Origin") == [])
        #expect(answered.values("Allow") == ["GET, POST, DELETE, OPTIONS"])
    }

    @Test("H61 no header makes another method of a request, whoever verifies", arguments: ["edge", "application"])
    func methods(verification: String) async throws {
        let live = try await NginxDeployment(for: application, connector: "verify: \(verification)")
        let token = try await live.grant().access
        let names = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]
        _ = try await live.ask(
            "GET", "/mcp", headers: [("Authorization", "Bearer \(token)")] + names.map { ($0, "DELETE") })
        let request = try #require(application.takeRequests().first)
        #expect(names.allSatisfy { request.values($0).isEmpty })
    }

    // MARK: The verification

    @Test("H62 nothing that a client sends beside a good token makes the verification fail")
    func goodToken() async throws {
        let live = try await NginxDeployment(for: application)
        let token = Array("Authorization: Bearer \(try await live.grant().access)".utf8)
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 7_000)
        let hostile: [(String, [[UInt8]])] = [
            ("no UTF-8", [Array("X-Odd: ".utf8) + [0xFF, 0xC0, 0x80]]),
            ("DEL and other controls", [Array("X-Odd: a".utf8) + [0x7F, 0x01, 0x1B]]),
            ("300 fields", (0..<300).map { Array("X-\($0): y".utf8) }),
            ("24 KiB", (0..<3).map { Array("X-\($0): ".utf8) + long }),
            ("odd cookies", [Array("Cookie: ".utf8) + [0xFE, 0x22, 0x3B, 0x3B]]),
            ("a long method for a preflight", [Array("Access-Control-Request-Method: ".utf8) + long]),
            ("forged questions", [Array("X-MCP-Resource: x".utf8), Array("X-Original-URI: /../x".utf8)]),
        ]
        for (name, fields) in hostile {
            for order in [[token] + fields, fields + [token]] {
                let answer = try await post(live, order)
                #expect(answer.status == 200, "\(name): \(answer.startLine)")
                #expect(application.takeRequests().count == 1, "\(name)")
            }
        }
        let target = try await post(live, at: "/mcp?" + String(repeating: "q", count: 7_000), [token])
        #expect(target.status == 200)
        _ = application.takeRequests()
        // What nginx itself does not take is the client's fault as well.
        let types = try await post(live, [token, Array("Content-Type: a/b".utf8), Array("Content-Type: c/d".utf8)])
        #expect([200, 400].contains(types.status), "\(types.startLine)")
        let twice = try await post(live, [token, token])
        #expect(twice.status == 400)
        let whole = try await post(live, [token] + (0..<6).map { Array("X-\($0): ".utf8) + long })
        #expect([400, 431].contains(whole.status), "\(whole.startLine)")
    }

    @Test("H62 odd bytes in what the verification reads are a refusal, not a failure")
    func oddCredentials() async throws {
        let live = try await NginxDeployment(for: application)
        let token = Array("Authorization: Bearer \(try await live.grant().access)".utf8)
        for odd: [UInt8] in [[0xFF], [0x7F], [0x01], [0xC0, 0x80]] {
            isRefused(try await post(live, [token + odd]), 401, "token and \(odd)")
            isRefused(try await post(live, [token, Array("Origin: https://a".utf8) + odd]), 403, "origin and \(odd)")
        }
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 7_000)
        let all = [
            Array("Authorization: Bearer ".utf8) + long, Array("Origin: ".utf8) + long,
            Array("Access-Control-Request-Method: ".utf8) + long,
        ]
        isRefused(try await post(live, at: "/mcp?" + String(repeating: "q", count: 7_000), all), 401, "28 KiB")
    }

    @Test("H63 two Origin headers are one to everybody, or refused")
    func twoOrigins() async throws {
        let live = try await NginxDeployment(for: application, connector: "allowed_origins: [\(Self.page)]")
        let token = Array("Authorization: Bearer \(try await live.grant().access)".utf8)
        let allowed = Array("Origin: \(Self.page)".utf8), foreign = Array("Origin: https://evil.example".utf8)
        let answer = try await post(live, [token, allowed, foreign])
        let seen = application.takeRequests()
        // nginx knows of the first alone before 1.23, and of both from then on, which is an origin of nobody.
        if answer.status == 200 {
            #expect(seen.map { $0.values("Origin") } == [[Self.page]])
        } else {
            #expect(answer.status == 403 && seen.isEmpty)
        }
        isRefused(try await post(live, [token, foreign, allowed]), 403, "the foreign one first")
        let preflight = try await live.ask(
            "OPTIONS", "/mcp",
            headers: [
                ("Origin", "https://evil.example"), ("Origin", Self.page), ("Access-Control-Request-Method", "POST"),
            ])
        isRefused(preflight, 403, "a preflight")
    }

    // MARK: Paths

    @Test("H64 a path with two meanings opens nothing, with a good token for the one that nginx reads")
    func ambiguousPaths() async throws {
        let live = try await NginxDeployment(for: application)
        let token = [("Authorization", "Bearer \(try await live.grant().access)")]
        let targets = [
            "/mcp/..;/other", #"/mcp/..\other"#, "/mcp/..%5cother", "/mcp/%2e%2e%5Cother", "/mcp/..%3b/other",
            "/mcp/%252e%252e/other", "/mcp/%252e%252e%252fother", "/other/../mcp", "/other/%2e%2e/mcp", "/mcp/./x",
            "//mcp",
            "//mcp/x", "/mcp/x/..;a=b;/y", "/mcp/%c0%ae%c0%ae/other", "/mcp#/../other",
        ]
        for target in targets {
            isRefused(try await live.ask("POST", target, headers: token, body: "{}"), 403, "\(target)")
            isRefused(try await live.ask("POST", target, body: "{}"), 401, "\(target) without a token")
        }
        for target in ["/mcp", "/mcp/", "/mcp/a%2Fb//c", "/mcp/x;v=1", "/mcp/..x", "/mcp?a=/../b"] {
            #expect(try await live.ask("POST", target, headers: token, body: "{}").header("X-Echo") == "application")
            #expect(application.takeRequests().map(\.startLine) == ["POST \(target) HTTP/1.1"])
        }
    }

    // MARK: Refusals

    @Test(
        "H65 an application's own 401 brings the challenge of the deployment, whatever it says itself",
        arguments: [
            [], [("WWW-Authenticate", "Basic realm=x")],
            [("WWW-Authenticate", #"Bearer resource_metadata="https://evil.example/x""#)],
            [("WWW-Authenticate", "Bearer"), ("WWW-Authenticate", "Basic")],
        ])
    func foreignChallenge(headers: [(String, String)]) async throws {
        let refusing = try EchoUpstream(name: "application", status: 401, headers: headers)
        let live = try await NginxDeployment(for: refusing)
        let token = try await live.grant().access
        let answer = try await live.ask("POST", "/mcp", headers: [("Authorization", "Bearer \(token)")], body: "{}")
        #expect(answer.status == 401 && answer.header("X-Echo") == "application")
        #expect(answer.values("WWW-Authenticate") == [challenge(live)])
        _ = refusing.takeRequests()
        let without = try await live.ask("POST", "/mcp", body: "{}")
        #expect(without.status == 401 && without.values("WWW-Authenticate") == [challenge(live)])
        #expect(refusing.takeRequests().isEmpty)
    }

    @Test("H65 an application's 403 with a challenge for more scope comes through as it is", arguments: [403, 200])
    func stepUp(status: Int) async throws {
        let wanted = #"Bearer error="insufficient_scope", scope="mcp.tools mcp.write""#
        let asking = try EchoUpstream(name: "application", status: status, headers: [("WWW-Authenticate", wanted)])
        let live = try await NginxDeployment(for: asking)
        let token = try await live.grant().access
        let answer = try await live.ask("POST", "/mcp", headers: [("Authorization", "Bearer \(token)")], body: "{}")
        #expect(answer.status == status && answer.values("WWW-Authenticate") == [wanted])
    }

    @Test("H68 what nginx refuses at a transport is JSON, with exactly the challenge of the verification")
    func bodies() async throws {
        let live = try await NginxDeployment(for: application)
        let none = try await live.ask("POST", "/mcp", body: "{}")
        isRefused(none, 401, "no token")
        #expect(none.text == #"{"error":"invalid_token"}"# && none.values("Content-Type") == ["application/json"])
        #expect(none.values("WWW-Authenticate") == [challenge(live)])
        let narrow = try await live.grant(scope: "offline_access").access
        let forbidden = try await live.ask("POST", "/mcp", headers: [("Authorization", "Bearer \(narrow)")], body: "{}")
        isRefused(forbidden, 403, "scope")
        #expect(forbidden.text == #"{"error":"access_denied"}"#)
        #expect(forbidden.values("WWW-Authenticate") == [challenge(live) + #", error="insufficient_scope""#])
        let head = try await live.ask("HEAD", "/mcp")
        #expect(head.status == 401 && head.values("WWW-Authenticate") == [challenge(live)])
    }
}
