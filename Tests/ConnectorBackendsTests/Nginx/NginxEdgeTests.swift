import ConnectorBackends
import ConnectorPlan
import TestSupport
import Testing

@Suite(
    "what nginx itself says and hands on at a transport", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed")
)
struct NginxEdgeTests {
    private static let origin = "https://claude.ai"
    private static let pages = "    allowed_origins: [\(origin)]\n"

    private func expectReadable(_ answer: RawMessage, _ status: Int, location: SourceLocation = #_sourceLocation) {
        #expect(answer.status == status, sourceLocation: location)
        #expect(answer.values("access-control-allow-origin") == [Self.origin], "\(status)", sourceLocation: location)
        #expect(
            answer.values("access-control-expose-headers") == ["Mcp-Session-Id, Retry-After, WWW-Authenticate"],
            "\(status)", sourceLocation: location)
        #expect(answer.values("vary") == ["Origin"], "\(status)", sourceLocation: location)
        #expect(answer.values("content-type") == ["application/json"], "\(status)", sourceLocation: location)
        #expect(answer.text.hasPrefix("{\"error\":"), "\(answer.text)", sourceLocation: location)
    }

    @Test(
        "H66 a page of an allowed origin can read what nginx says itself, whoever owns CORS, and no other page can",
        arguments: ["application", "nginx"])
    func readable(owner: String) throws {
        let settings = Self.pages + "    cors: \(owner)\n    max_body: 1k\n    rate_limit: 1/m burst 1"
        let from = [("Origin", Self.origin)]
        for status in [401, 403] {
            let live = try LiveNginx(NginxSpecs.plain(connector: settings), verifierStatus: status)
            expectReadable(try live.ask("POST", "/mcp", headers: from, body: "{}"), status)
            let foreign = try live.ask("POST", "/mcp", headers: [("Origin", "https://evil.example")], body: "{}")
            #expect(foreign.status == status && foreign.values("access-control-allow-origin").isEmpty)
            #expect(live.application.takeRequests().isEmpty)
        }
        let live = try LiveNginx(NginxSpecs.plain(connector: settings))
        expectReadable(
            try live.ask("POST", "/mcp", headers: from, body: String(repeating: "x", count: 2_048)), 413)
        live.application.stop()
        expectReadable(try live.ask("POST", "/mcp", headers: from, body: "{}"), 503)
        var frequent = try live.ask("POST", "/mcp", headers: from, body: "{}")
        for _ in 0..<2 { frequent = try live.ask("POST", "/mcp", headers: from, body: "{}") }
        expectReadable(frequent, 429)
    }

    @Test("H66 with cors: off no page can read anything, and an endpoint can be read where a connector may be called")
    func notReadable() throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: Self.pages + "    cors: off"), verifierStatus: 401)
        let from = [("Origin", Self.origin)]
        let refused = try live.ask("POST", "/mcp", headers: from, body: "{}")
        #expect(refused.status == 401 && refused.values("access-control-allow-origin").isEmpty)
        expectReadable(
            try live.ask("POST", "/mcp/token", headers: from, body: String(repeating: "x", count: 65_537)), 413)
    }

    @Test("H66 the application's own CORS headers come through once, and none of nginx's beside them")
    func own() throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: Self.pages))
        let answer = try live.ask("POST", "/mcp", headers: [("Origin", Self.origin)], body: "{}")
        #expect(answer.header("x-echo") == "application")
        #expect(answer.values("access-control-allow-origin").isEmpty && answer.values("vary").isEmpty)
    }

    @Test(
        "a redirect that an MCP server gives to its own URL leads to the public one, and any other stays",
        arguments: [
            ("http://mcp.example.com/mcp/", "https://mcp.example.com/mcp/"),
            ("http://127.0.0.1:3930/mcp/?a=b", "https://mcp.example.com/mcp/?a=b"),
            ("https://mcp.example.com/mcp/", "https://mcp.example.com/mcp/"),
            ("/mcp/", "/mcp/"),
            ("http://mcp.example.com.evil.example/mcp/", "http://mcp.example.com.evil.example/mcp/"),
            ("http://127.0.0.1:39300/mcp/", "http://127.0.0.1:39300/mcp/"),
            ("https://login.example.com/", "https://login.example.com/"),
        ], ["edge", "application"])
    func redirects(location: (sent: String, received: String), verify: String) throws {
        let live = try LiveNginx(
            NginxSpecs.plain(connector: "    verify: \(verify)"),
            application: { _ in EchoUpstream.Answer(307, [("Location", location.sent)]) })
        let answer = try live.ask("POST", "/mcp", body: "{}")
        #expect(answer.status == 307)
        #expect(answer.values("location") == [location.received])
    }

    /// HTTP/2 has every cookie in a field of its own, which nginx puts together (RFC 9113 §8.2.3).
    @Test(
        "H60 no cookie of HTTP/2 reaches an MCP server", .enabled(if: Tool.curl.isAvailable, "curl knows no HTTP/2"))
    func cookiesOfHTTP2() async throws {
        let live = try LiveNginx(NginxSpecs.plain(), listening: " http2")
        let cookies = [
            "Cookie: __Host-cg-session=stolen", "cookie: a=stolen; __Host-cg-browser=stolen", "COOKIE: b=stolen",
        ]
        let asked = try await ChildProcess.run(
            Tool.curl.required(),
            ["-sS", "--noproxy", "*", "--http2-prior-knowledge", "--max-time", "10", "-H", "Host: mcp.example.com"]
                + cookies.flatMap { ["-H", $0] } + ["-d", "{}", "-w", "%{http_version}"]
                + ["http://127.0.0.1:\(live.nginx.port)/mcp"])
        #expect(asked.exit == .code(0) && asked.output.hasSuffix("}2"), "\(asked.output) \(asked.errors)")
        let request = try #require(live.application.takeRequests().first)
        #expect(request.values("cookie").isEmpty && !request.headers.contains { $0.value.contains("stolen") })
    }

    @Test("two deployments on one nginx have maps of challenges of their own")
    func twoDeployments() throws {
        let one = try RenderedNginx(NginxSpecs.plain())
        let two = try RenderedNginx(
            NginxSpecs.plain(nginx: "{ include_dir: other }").replacing("name: example", with: "name: sample"))
        let folders = ["nginx", "other"]
        let files = zip(folders, [one, two]).flatMap { folder, rendered in
            rendered.artifacts.map { ("\(folder)/" + $0.path.dropFirst("nginx/".count), $0.bytes) }
        }
        let servers = folders.map {
            "server { listen 127.0.0.1:{PORT}; server_name \($0); include \($0)/mcp.example.com.conf; }"
        }
        let nginx = try ScratchNginx(
            http: folders.map { "include \($0)/connectorgen-http.conf;" }.joined(),
            servers: servers.joined(separator: "\n"), files: files)
        #expect(two.text("nginx/connectorgen-http.conf").contains("$connectorgen_challenge_sample"))
        #expect(try nginx.test() == (0, ""))
    }

    @Test(
        "H69 the MCP server reads the public host, or its own where the spec says so",
        arguments: [("public", "mcp.example.com"), ("upstream", nil)])
    func hostHeader(choice: String, expected: String?) throws {
        for verification in ["edge", "application"] {
            let settings = "    host_header: \(choice)\n    verify: \(verification)"
            let live = try LiveNginx(NginxSpecs.plain(connector: settings))
            _ = try live.ask("POST", "/mcp", body: "{}")
            _ = try live.ask("POST", "/mcp/x", body: "{}")
            let requests = live.application.takeRequests()
            #expect(
                requests.map { $0.values("host") } == [[expected ?? "127.0.0.1:3930"], [expected ?? "127.0.0.1:3930"]])
            #expect(requests.allSatisfy { $0.values("x-forwarded-host") == ["mcp.example.com"] })
            _ = try live.ask("POST", "/mcp/token", body: "a=b")
            #expect(live.server?.takeRequests().first?.values("host") == ["mcp.example.com"])
        }
    }

    @Test("H64 where nobody is asked, the exact location names the path itself")
    func exactPath() throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: "    verify: application"))
        for target in ["/mcp?a=%2F", "//mcp?a=%2F", "/%6dcp?a=%2F", "/x/../mcp?a=%2F"] {
            _ = try live.ask("POST", target, body: "{}")
        }
        #expect(live.application.takeRequests().allSatisfy { $0.startLine == "POST /mcp?a=%2F HTTP/1.1" })
        _ = try live.ask("POST", "/mcp/a%2Fb//c", body: "{}")
        #expect(live.application.takeRequests().map(\.startLine) == ["POST /mcp/a%2Fb//c HTTP/1.1"])
    }
}
