import ConnectorPlan
import Foundation
import TestSupport
import Testing

/// A deployment with real sockets behind it.
struct LiveNginx {
    let rendered: RenderedNginx
    let nginx: ScratchNginx
    let server: EchoUpstream?
    let verifier: EchoUpstream
    let application: EchoUpstream

    init(
        _ spec: String, verifierStatus: Int = 200, listening: String = "",
        application answering: (@Sendable (RawMessage) -> EchoUpstream.Answer)? = nil,
        verifier judging: (@Sendable (RawMessage) -> EchoUpstream.Answer)? = nil
    ) throws {
        rendered = try RenderedNginx(spec)
        let server = try EchoUpstream(name: "server")
        verifier = try EchoUpstream(name: "verifier", status: verifierStatus, answering: judging)
        application = try EchoUpstream(name: "application", answering: answering)
        self.server = server
        nginx = try rendered.scratch(
            replacing: [
                "127.0.0.1:8719": "127.0.0.1:\(server.port)", "127.0.0.1:8720": "127.0.0.1:\(verifier.port)",
                "127.0.0.1:3930": "127.0.0.1:\(application.port)", "127.0.0.1:3940": "127.0.0.1:\(application.port)",
                "files.internal.example.com:443": "127.0.0.1:443",
            ], listening: listening)
        try nginx.start()
    }

    func ask(
        _ method: String = "GET", _ target: String, host: String = "mcp.example.com",
        headers: [(String, String)] = [], body: String = ""
    ) throws -> RawMessage {
        try RawHTTP.request(method, target, host: host, port: nginx.port, headers: headers, body: body)
    }
}

@Suite("nginx files under live requests", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxLiveTests {
    @Test("nginx answers every metadata document itself, with its bytes and headers")
    func documents() throws {
        let live = try LiveNginx(NginxSpecs.wide)
        for document in live.rendered.plan.documents {
            let answer = try live.ask("GET", document.path, host: document.host)
            #expect(answer.status == 200)
            #expect(answer.text == document.body)
            #expect(answer.values("content-type") == ["application/json"])
            #expect(answer.values("etag") == [document.etag])
            #expect(answer.values("cache-control") == ["public, max-age=300"])
            #expect(answer.values("access-control-allow-origin") == ["*"])
        }
        #expect(live.server?.takeRequests().isEmpty == true)
    }

    @Test(
        "H44 who would do more than read a document is told what may be done",
        arguments: ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "ANY"],
        ["/.well-known/oauth-protected-resource/mcp", "/.well-known/openai-apps-challenge"])
    func readOnly(method: String, target: String) throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: "    openai_apps_challenge: abc"))
        let answer = try live.ask(method, target, body: "{}")
        #expect(answer.status == 405)
        #expect(answer.values("allow") == ["GET, HEAD, OPTIONS"])
        #expect(answer.values("content-type") == ["application/json"])
        #expect(answer.text == #"{"error":"method_not_allowed"}"#)
        for allowed in ["GET", "HEAD", "OPTIONS"] { #expect(try live.ask(allowed, target).status == 200) }
    }

    @Test("a proxied document comes from the server, under its own path")
    func proxiedDocument() throws {
        let live = try LiveNginx(NginxSpecs.plain(nginx: "{ metadata: proxied }"))
        let path = "/.well-known/oauth-protected-resource/mcp"
        let answer = try live.ask("GET", path)
        #expect(answer.header("x-echo") == "server", "\(answer.startLine) \(answer.text)")
        #expect(live.server?.takeRequests().map(\.startLine) == ["GET \(path) HTTP/1.1"])
    }

    @Test(
        "the request line goes through byte for byte",
        arguments: ["/mcp", "/mcp?a=%2F&b", "/mcp/x//y%2Fz?q=1", "/mcp/"])
    func requestLine(target: String) throws {
        let live = try LiveNginx(NginxSpecs.plain())
        #expect(try live.ask("POST", target, body: "{}").header("x-echo") == "application")
        #expect(live.application.takeRequests().map(\.startLine) == ["POST \(target) HTTP/1.1"])
    }

    @Test("the application sees the plan's host, the verifier's identity, and nothing that the client forged")
    func headers() throws {
        let live = try LiveNginx(NginxSpecs.plain())
        let forged =
            IdentityNames.all.map { ($0, "forged") } + [
                ("Authorization", "Bearer secret"), ("Connection", "upgrade"), ("X-Forwarded-For", "6.6.6.6"),
                ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher"), ("Mcp-Session-Id", "s1"),
            ]
        _ = try live.ask("POST", "/mcp", headers: forged, body: "{}")
        let request = try #require(live.application.takeRequests().first)
        #expect(request.values("host") == ["mcp.example.com"])
        #expect(request.values("x-forwarded-host") == ["mcp.example.com"])
        #expect(request.values("x-forwarded-proto") == ["https"])
        #expect(request.values("x-forwarded-for") == ["127.0.0.1"])
        #expect(request.values("x-mcp-subject") == ["subject-1"])
        #expect(request.values("x-mcp-issuer") == ["issuer-1"])
        #expect(request.values("x-mcp-client") == ["client-1"])
        #expect(request.values("x-mcp-scopes") == ["scope-1"])
        #expect(request.values("mcp-session-id") == ["s1"])
        #expect(request.values("authorization").isEmpty)
        #expect(request.values("connection").isEmpty)
        #expect(!request.headers.contains { $0.value == "forged" })
        #expect(request.text == "{}")
    }

    @Test("the verifier is asked for the resource, with the token and without the body")
    func question() throws {
        let live = try LiveNginx(NginxSpecs.plain())
        let body = String(repeating: "x", count: 2 << 20)  // over nginx's own limit of 1 MiB, under the plan's 4 MiB
        let headers = [("Authorization", "Bearer t"), ("X-MCP-Resource", "forged"), ("X-MCP-Subject", "forged")]
        let answer = try live.ask("POST", "/mcp", headers: headers, body: body)
        #expect(answer.status == 200)
        let question = try #require(live.verifier.takeRequests().first)
        #expect(question.startLine == "GET /_verify HTTP/1.1")
        #expect(question.values("x-mcp-resource") == ["https://mcp.example.com/mcp"])
        #expect(question.values("x-original-method") == ["POST"])
        #expect(question.values("authorization") == ["Bearer t"])
        #expect(question.values("x-mcp-subject").isEmpty)
        #expect(question.values("content-length").isEmpty)
        #expect(question.body.isEmpty)
    }

    @Test("401 and 403 of the verifier reach the client, and the application is not asked", arguments: [401, 403])
    func refused(status: Int) throws {
        let live = try LiveNginx(NginxSpecs.plain(), verifierStatus: status)
        #expect(try live.ask("POST", "/mcp", body: "{}").status == status)
        #expect(live.application.takeRequests().isEmpty)
    }

    @Test(
        "any other answer of the verifier, or none, is a 503 that says when to come again",
        arguments: [500, 404, 302, 0])
    func verifierAway(status: Int) throws {
        let live = try LiveNginx(NginxSpecs.plain(), verifierStatus: status == 0 ? 200 : status)
        if status == 0 { live.verifier.stop() }
        let answer = try live.ask("POST", "/mcp", headers: [("Authorization", "Bearer t")], body: "{}")
        #expect(answer.status == 503)
        #expect(answer.values("retry-after") == ["5"])
        #expect(answer.values("content-type") == ["application/json"])
        #expect(answer.text == #"{"error":"temporarily_unavailable"}"#)
        #expect(live.application.takeRequests().isEmpty)
    }

    @Test("with verify: application the token reaches the application, and nobody is vouched for")
    func applicationVerifies() throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: "    verify: application"))
        let headers = [("Authorization", "Bearer t"), ("X-MCP-Subject", "forged"), ("X-User", "forged")]
        _ = try live.ask("POST", "/mcp", headers: headers, body: "{}")
        let request = try #require(live.application.takeRequests().first)
        #expect(request.values("authorization") == ["Bearer t"])
        #expect(request.values("x-mcp-subject").isEmpty && request.values("x-user").isEmpty)
        #expect(live.verifier.takeRequests().isEmpty)
    }

    @Test("every endpoint reaches the server under the path it has there")
    func endpoints() throws {
        let live = try LiveNginx(NginxSpecs.wide)
        for host in live.rendered.plan.edge.hosts {
            for route in host.routes {
                let upstreamPath: String
                switch route.action {
                case .endpoint(_, let path), .legacyAlias(_, let path, _): upstreamPath = path
                default: continue
                }
                let answer = try live.ask("GET", route.match.path + "?a=%2Fb", host: host.name)
                #expect(answer.header("x-echo") == "server", "\(route.match)")
                #expect(live.server?.takeRequests().map(\.startLine) == ["GET \(upstreamPath)?a=%2Fb HTTP/1.1"])
            }
        }
    }

    @Test("a legacy alias says when it ends")
    func sunset() throws {
        let live = try LiveNginx(NginxSpecs.wide)
        let answer = try live.ask("POST", "/api/connector/oauth/token", host: "search.example.com", body: "a=b")
        #expect(answer.header("x-echo") == "server")
        #expect(answer.values("sunset") == ["Wed, 31 Mar 2027 23:59:59 GMT"])
    }

    @Test("a body over the limit of an endpoint is refused in JSON")
    func tooLarge() throws {
        let live = try LiveNginx(NginxSpecs.plain())
        let answer = try live.ask("POST", "/mcp/token", body: String(repeating: "x", count: 65_537))
        #expect(answer.status == 413)
        #expect(answer.values("content-type") == ["application/json"])
        #expect(answer.text.contains("invalid_request"))
        #expect(live.server?.takeRequests().isEmpty == true)
    }

    @Test("L16 a body of exactly the limit passes, and reaches the server whole")
    func largest() throws {
        let live = try LiveNginx(NginxSpecs.plain())
        let body = String(repeating: "x", count: 65_536)
        #expect(try live.ask("POST", "/mcp/register", body: body).header("x-echo") == "server")
        #expect(live.server?.takeRequests().first?.text == body)
    }

    @Test(
        "an endpoint whose server is away answers JSON that says when to come again",
        arguments: ["/mcp/token", "/mcp/register", "/mcp/register/abc", "/mcp/authorize?client_id=x", "/token"])
    func serverAway(target: String) throws {
        let live = try LiveNginx(NginxSpecs.plain())
        live.server?.stop()
        let answer = try live.ask("POST", target, body: "a=b")
        #expect(answer.status == 503)
        #expect(answer.values("retry-after") == ["5"])
        #expect(answer.values("content-type") == ["application/json"])
        #expect(answer.text == #"{"error":"temporarily_unavailable"}"#)
    }

    @Test(
        "F24 every method of the client configuration endpoint reaches the server", arguments: ["GET", "PUT", "DELETE"])
    func clientConfiguration(method: String) throws {
        let live = try LiveNginx(NginxSpecs.plain())
        let headers = [("Authorization", "Bearer cgrat"), ("X-MCP-Subject", "forged")]
        let body = method == "PUT" ? "{}" : ""
        let answer = try live.ask(method, "/mcp/register/cid_%2F1?x=1", headers: headers, body: body)
        #expect(answer.header("x-echo") == "server")
        let request = try #require(live.server?.takeRequests().first)
        #expect(request.startLine == "\(method) /mcp/register/cid_%2F1?x=1 HTTP/1.1")
        #expect(request.values("authorization") == ["Bearer cgrat"] && request.values("x-mcp-subject").isEmpty)
        #expect(request.text == body)
    }

    @Test("L26 an endpoint is told the plan's host and the address of the connection, whatever the client says")
    func endpointHeaders() throws {
        let live = try LiveNginx(NginxSpecs.plain())
        let forged = [
            ("X-Forwarded-For", "6.6.6.6"), ("X-Real-IP", "6.6.6.6"), ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "http"), ("Forwarded", "for=6.6.6.6;host=evil.example"),
        ]
        _ = try live.ask("POST", "/mcp/token", headers: forged, body: "a=b")
        let request = try #require(live.server?.takeRequests().first)
        #expect(request.values("host") == ["mcp.example.com"])
        #expect(request.values("x-real-ip") == ["127.0.0.1"] && request.values("x-forwarded-for") == ["127.0.0.1"])
        #expect(request.values("x-forwarded-host") == ["mcp.example.com"])
        #expect(request.values("x-forwarded-proto") == ["https"] && request.values("forwarded").isEmpty)
        #expect(request.values("connection").isEmpty)
    }

    @Test("the proof of a domain is the text alone, and what is beside and below it is the site's")
    func domainProof() throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: "    openai_apps_challenge: \"abc.DEF-1_~+/=:\""))
        let answer = try live.ask("GET", "/.well-known/openai-apps-challenge")
        #expect(answer.status == 200 && answer.text == "abc.DEF-1_~+/=:")
        #expect(answer.values("content-type") == ["text/plain"])
        #expect(answer.values("x-content-type-options") == ["nosniff"])
        let head = try live.ask("HEAD", "/.well-known/openai-apps-challenge")
        #expect(head.status == 200 && head.values("content-length") == ["15"])
        #expect(try live.ask("GET", "/.well-known/openai-apps-challenge/").status == 418)
        #expect(try live.ask("GET", "/.well-known/openai-apps-challengex").status == 418)
        #expect(live.server?.takeRequests().isEmpty == true)
    }

    @Test(
        "A30 the runbook's server block for port 80 leads readers to https and refuses what is posted",
        arguments: [
            ("GET", "/.well-known/oauth-protected-resource/mcp?a=%2Fb", 308), ("HEAD", "/mcp", 308),
            ("POST", "/mcp/token", 403), ("PUT", "/mcp/register/x", 403), ("DELETE", "/mcp", 403),
        ])
    func plainHTTP(method: String, target: String, status: Int) throws {
        let path = Repository.path("examples/dexter/out/runbook.md")
        let page = try String(contentsOfFile: path, encoding: .utf8)
        let start = try #require(page.firstRange(of: "server {\n    listen 80;")).lowerBound
        let end = try #require(page[start...].firstRange(of: "\n}\n")).upperBound
        let server = page[start..<end].replacing("listen 80;", with: "listen 127.0.0.1:{PORT};")
        let nginx = try ScratchNginx(http: "", servers: String(server), files: [])
        try nginx.start()
        let answer = try RawHTTP.request(
            method, target, host: "dexter.cash", port: nginx.port, headers: [], body: method == "POST" ? "a=b" : "")
        #expect(answer.status == status)
        #expect(answer.values("location") == (status == 308 ? ["https://dexter.cash\(target)"] : []))
    }

    @Test("nothing else is taken from the vhost, and no path bleeds into its neighbours")
    func boundaries() throws {
        let live = try LiveNginx(NginxSpecs.plain())
        for path in ["/", "/mcpx", "/mcp-other", "/MCP", "/tokens", "/well-known", "/.well-known/x"] {
            #expect(try live.ask("GET", path).status == 418, "\(path)")
        }
        for path in ["/.well-known/mcp.json", "/.well-known/oauth-protected-resource/mcpx", "/mcp/.well-known/x.html"] {
            let answer = try live.ask("GET", path)
            #expect(answer.status == 404, "\(path)")
            #expect(answer.values("content-type") == ["application/json"])
        }
        #expect(try live.ask("GET", "/_connectorgen/example/mcp").status == 404)
        #expect(live.verifier.takeRequests().isEmpty)
    }

    @Test("with cors: nginx there is one answer about origins, and it is the list's")
    func cors() throws {
        let extra = "    cors: nginx\n    allowed_origins: [https://claude.ai]"
        let live = try LiveNginx(NginxSpecs.plain(connector: extra))
        let allowed = try live.ask("GET", "/mcp", headers: [("Origin", "https://claude.ai")])
        #expect(allowed.values("access-control-allow-origin") == ["https://claude.ai"])
        let foreign = try live.ask("GET", "/mcp", headers: [("Origin", "https://evil.example")])
        #expect(foreign.values("access-control-allow-origin").isEmpty)
    }

    @Test(
        "H18 with cors: nginx a preflight is answered without the application, whoever verifies",
        arguments: ["edge", "application"])
    func preflight(verification: String) throws {
        let extra = "    cors: nginx\n    allowed_origins: [https://claude.ai]\n    verify: \(verification)"
        let live = try LiveNginx(NginxSpecs.plain(connector: extra))
        let answer = try live.ask(
            "OPTIONS", "/mcp",
            headers: [("Origin", "https://claude.ai"), ("Access-Control-Request-Method", "POST")])
        #expect(answer.values("access-control-allow-origin") == ["https://claude.ai"])
        #expect(answer.values("access-control-allow-methods") == ["GET, POST, DELETE, OPTIONS"])
        #expect(answer.header("access-control-allow-headers")?.contains("Authorization") == true)
        let asked = live.verifier.takeRequests()
        #expect(asked.last?.startLine == "OPTIONS /_preflight HTTP/1.1")
        if verification == "edge" {
            #expect(asked.first?.values("x-original-method") == ["OPTIONS"])
            #expect(asked.first?.values("origin") == ["https://claude.ai"])
        }
        #expect(live.application.takeRequests().isEmpty)
        #expect(try live.ask("POST", "/mcp/a%2Fb?c=%2F", body: "{}").header("x-echo") == "application")
        #expect(live.application.takeRequests().map(\.startLine) == ["POST /mcp/a%2Fb?c=%2F HTTP/1.1"])
    }

    @Test("with cors: nginx a preflight that the verifier refuses goes no further")
    func refusedPreflight() throws {
        let extra = "    cors: nginx\n    allowed_origins: [https://claude.ai]"
        let live = try LiveNginx(NginxSpecs.plain(connector: extra), verifierStatus: 403)
        let answer = try live.ask("OPTIONS", "/mcp", headers: [("Origin", "https://evil.example")])
        #expect(answer.status == 403)
        #expect(answer.values("access-control-allow-origin").isEmpty)
        #expect(live.verifier.takeRequests().count == 1)
        #expect(live.application.takeRequests().isEmpty)
    }

    @Test("a transport refuses in JSON what is too large, and what comes too often")
    func transportLimits() throws {
        let live = try LiveNginx(NginxSpecs.plain(connector: "    max_body: 1k\n    rate_limit: 1/m burst 1"))
        let large = try live.ask("POST", "/mcp", body: String(repeating: "x", count: 2_048))
        #expect(large.status == 413)
        #expect(large.values("content-type") == ["application/json"])
        var frequent = large
        for _ in 0..<3 { frequent = try live.ask("POST", "/mcp", body: "{}") }
        #expect(frequent.status == 429)
        #expect(frequent.values("content-type") == ["application/json"])
        #expect(frequent.values("retry-after") == ["5"])
    }
}

/// Names that the tests forge; kept apart from the backend's own list, so that a header lost there is seen here.
private enum IdentityNames {
    static let all = [
        "X-MCP-Subject", "X-MCP-Issuer", "X-MCP-Client", "X-MCP-Scopes", "X-MCP-Resource", "X-Auth-Subject",
        "X-Auth-Client", "X-Auth-Scope", "X-Auth-Request-User", "X-Auth-Request-Email", "X-User", "X-User-Id",
        "X-User-Email", "X-Forwarded-User", "X-Forwarded-Email", "Remote-User", "X-Remote-User", "X-Original-URI",
        "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Authorization", "Forwarded", "X-Original-Method",
    ]
}
