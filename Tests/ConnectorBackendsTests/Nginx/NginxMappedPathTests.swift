import ConnectorPlan
import TestSupport
import Testing

@testable import ConnectorBackends

@Suite("an upstream with a path of its own", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxMappedPathTests {
    private static func spec(_ path: String, connector: String = "", publicPath: String = "/mcp") -> String {
        NginxSpecs.plain(connector: connector)
            .replacing("upstream: http://127.0.0.1:3930", with: "upstream: http://127.0.0.1:3930\(path)")
            .replacing(
                "    public_url: https://mcp.example.com/mcp",
                with: "    public_url: https://mcp.example.com\(publicPath)")
    }

    @Test(
        "H64 the public path leads to it, what is below to what is below, and no spelling leads out of it",
        arguments: [
            ("/api/mcp", "/mcp?a=%2F", "/api/mcp?a=%2F"), ("/api/mcp", "/mcp/", "/api/mcp/"),
            ("/api/mcp", "/mcp/x/y?z", "/api/mcp/x/y?z"), ("/api/mcp", "//mcp", "/api/mcp"),
            ("/api/mcp", "/%6dcp", "/api/mcp"), ("/api/mcp", "/x/../mcp", "/api/mcp"),
            ("/api/mcp", "/mcp/x/../y", "/api/mcp/y"), ("/api/mcp", "/mcp/x%2F..%2Fy", "/api/mcp/y"),
            ("/api/mcp", "/mcp/a%2Fb", "/api/mcp/a/b"), ("/api/mcp", "/mcp/a%20b%3Fc", "/api/mcp/a%20b%3Fc"),
            ("/api/mcp", "/mcp/%252e%252e/x", "/api/mcp/%252e%252e/x"),
            ("/", "/mcp?a", "/?a"), ("/", "/mcp/", "/"), ("/", "/mcp/sse", "/sse"),
            ("/", "/mcp/messages/?session_id=1", "/messages/?session_id=1"),
            ("/mcp/", "/mcp", "/mcp/"), ("/mcp/", "/mcp/x", "/mcp/x"),
            ("/mcp", "/mcp/a%2Fb//c", "/mcp/a%2Fb//c"),  // the same path: as it came
        ], ["edge", "application"])
    func mapping(asked: (path: String, target: String, arrives: String), verify: String) throws {
        let live = try LiveNginx(Self.spec(asked.path, connector: "    verify: \(verify)"))
        let answer = try live.ask("POST", asked.target, headers: [("Authorization", "Bearer t")], body: "{}")
        #expect(answer.header("x-echo") == "application", "\(answer.startLine)")
        let requests = live.application.takeRequests()
        #expect(requests.map(\.startLine) == ["POST \(asked.arrives) HTTP/1.1"])
        #expect(requests.first?.text == "{}")
        let questions = live.verifier.takeRequests()
        #expect(questions.map { $0.values("x-original-uri") } == (verify == "edge" ? [[asked.target]] : []))
        #expect(questions.allSatisfy { $0.values("x-mcp-resource") == ["https://mcp.example.com/mcp"] })
    }

    @Test(
        "a path that leads out of the transport reaches no MCP server",
        arguments: ["/mcp/../x", "/mcp/%2e%2e/x", "/mcp/..%2fx", "/mcpx", "/api/mcp", "/mcp/.well-known/x"])
    func outside(target: String) throws {
        let live = try LiveNginx(Self.spec("/api/mcp"))
        #expect([404, 418].contains(try live.ask("POST", target, body: "{}").status))
        #expect(live.application.takeRequests().isEmpty)
    }

    @Test("a transport at the root of its host leads to a path")
    func publicRoot() throws {
        let spec = Self.spec("/api/mcp", publicPath: "")
        let live = try LiveNginx(spec)
        #expect(try live.ask("POST", "/?a", body: "{}").header("x-echo") == "application")
        #expect(live.application.takeRequests().map(\.startLine) == ["POST /api/mcp?a HTTP/1.1"])
    }

    @Test("without a good token nothing comes to it", arguments: [401, 403], ["/mcp", "/mcp/x"])
    func refused(status: Int, target: String) throws {
        let live = try LiveNginx(Self.spec("/api/mcp"), verifierStatus: status)
        for method in ["GET", "POST", "OPTIONS", "PROPFIND", "ANY"] {
            #expect(try live.ask(method, target).status == status, "\(method)")
        }
        #expect(live.application.takeRequests().isEmpty)
        #expect(live.verifier.takeRequests().allSatisfy { $0.startLine == "GET /_verify HTTP/1.1" })
    }

    @Test("H61 a preflight is answered before it, and brings nothing to it", arguments: ["/mcp", "/mcp/x?y"])
    func preflight(target: String) throws {
        let pages = "    allowed_origins: [https://claude.ai]"
        let live = try LiveNginx(Self.spec("/api/mcp", connector: pages))
        for method in ["OPTIONS", "ANY"] {
            _ = try live.ask(
                method, target, headers: [("Origin", "https://claude.ai"), ("Access-Control-Request-Method", "POST")])
            #expect(
                live.verifier.takeRequests().map(\.startLine) == [
                    "GET /_verify HTTP/1.1", "\(method) /_preflight HTTP/1.1",
                ])
        }
        #expect(live.application.takeRequests().isEmpty)
    }

    @Test(
        "its redirects to its own URLs lead to the public ones, and no other redirect is changed",
        arguments: [
            ("/api/mcp", "http://127.0.0.1:3930/api/mcp/x", "https://mcp.example.com/mcp/x"),
            ("/api/mcp", "http://mcp.example.com/api/mcp/", "https://mcp.example.com/mcp/"),
            ("/api/mcp", "https://mcp.example.com/api/mcp", "https://mcp.example.com/mcp"),
            ("/api/mcp", "/api/mcp/?a=b", "/mcp/?a=b"), ("/api/mcp", "/login", "/login"),
            ("/api/mcp", "https://login.example.com/api/mcp", "https://login.example.com/api/mcp"),
            ("/", "/x", "/mcp/x"), ("/", "http://mcp.example.com/", "https://mcp.example.com/mcp/"),
            ("/", "//evil.example/", "/mcp//evil.example/"),
        ], ["edge", "application"])
    func redirects(location: (path: String, sent: String, received: String), verify: String) throws {
        let live = try LiveNginx(
            Self.spec(location.path, connector: "    verify: \(verify)"),
            application: { _ in EchoUpstream.Answer(307, [("Location", location.sent)]) })
        #expect(try live.ask("POST", "/mcp", body: "{}").values("location") == [location.received])
    }

    @Test("one upstream has several paths, and an alias leads to the same one")
    func shared() throws {
        let spec = Self.spec("/api/mcp", connector: "    aliases: [/mcp2]").replacing(
            "targets:",
            with: """
                  other:
                    public_url: https://mcp.example.com/other
                    upstream: http://127.0.0.1:3930
                    client_id: cid_other
                    scopes: [other]
                targets:
                """)
        let live = try LiveNginx(spec)
        for target in ["/mcp/a", "/mcp2/a", "/mcp2", "/other/a"] { _ = try live.ask("POST", target, body: "{}") }
        #expect(
            live.application.takeRequests().map(\.startLine) == [
                "POST /api/mcp/a HTTP/1.1", "POST /api/mcp/a HTTP/1.1", "POST /api/mcp HTTP/1.1",
                "POST /other/a HTTP/1.1",
            ])
    }
}
