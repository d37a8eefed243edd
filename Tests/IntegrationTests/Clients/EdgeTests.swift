import Glibc
import TestSupport
import Testing

/// The identity headers of the MCP server, and what others call them: nobody but the verifier may set one.
private let forged = [
    "X-MCP-Subject", "X-MCP-Issuer", "X-MCP-Client", "X-MCP-Scopes", "X-User", "X_User", "X-Auth-User",
    "X-Auth-Request-User", "X-Auth-Subject", "Remote-User", "X-Remote-User", "X-Original-URI", "X-Original-Method",
    "X-Forwarded-Uri", "X-Forwarded-User", "X-MCP-Resource",
].map { ($0, "admin") }

@Suite(
    "nginx, connectorgen-auth and the generated files between a client and an MCP server",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct EdgeTests {
    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(name: "application")
    }

    private func call(
        _ live: NginxDeployment, _ authorization: String?, _ target: String = "/mcp",
        headers: [(String, String)] = [], body: String = "{}"
    ) async throws -> RawMessage {
        let credentials = authorization.map { [("Authorization", $0)] } ?? []
        return try await live.ask("POST", target, headers: credentials + headers, body: body)
    }

    /// The challenge of the resource; `error` where a token was offered.
    private func challenge(_ live: NginxDeployment, error: String? = nil) -> String {
        let metadata = live.url.replacing("/mcp", with: "/.well-known/oauth-protected-resource/mcp")
        return #"Bearer resource_metadata="\#(metadata)", scope="mcp.tools""#
            + (error.map { #", error="\#($0)""# } ?? "")
    }

    private func expectRefused(
        _ answer: RawMessage, _ status: Int = 401, challenge: String, _ place: Comment,
        location: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, place, sourceLocation: location)
        #expect(answer.values("WWW-Authenticate") == [challenge], place, sourceLocation: location)
        #expect(answer.header("X-Echo") == nil, place, sourceLocation: location)
        #expect(application.takeRequests().isEmpty, place, sourceLocation: location)
    }

    @Test("H01 H02 H07 without usable credentials there is a bare challenge, and the application is not asked")
    func noCredentials() async throws {
        let live = try await NginxDeployment(for: application)
        let token = try await live.grant().access
        for authorization in [nil, "Basic YTpi", "Digest x", "Bearer", "Bearer ", "Bearer a,b", token] {
            let answer = try await call(live, authorization)
            expectRefused(answer, challenge: challenge(live), "\(authorization ?? "none")")
        }
        let inQuery = try await call(live, nil, "/mcp?access_token=\(token)")
        expectRefused(inQuery, challenge: challenge(live), "in the query")
        let type = [("Content-Type", "application/x-www-form-urlencoded")]
        let inBody = try await call(live, nil, headers: type, body: "access_token=\(token)")
        expectRefused(inBody, challenge: challenge(live), "in the body")
    }

    @Test(
        "H03 H04 H05 H22 only a living access token for this resource opens it, whatever the case of the scheme",
        arguments: ["opaque", "jwt"])
    func tokens(format: String) async throws {
        let other =
            "{ public_url: ORIGIN/other, client_id: cid_other, upstream: http://127.0.0.1:%, scopes: [other.tools] }"
        let live = try await NginxDeployment(
            for: application, issuer: "tokens: { format: \(format) }",
            connectors: "other: " + other.replacing("%", with: "\(application.port)"))
        let grant = try await live.grant()
        for scheme in ["Bearer", "bearer", "BEARER"] {
            #expect(try await call(live, "\(scheme) \(grant.access)").header("X-Echo") == "application")
            #expect(application.takeRequests().count == 1)
        }
        let spaces = try await call(live, "Bearer  \(grant.access)")
        expectRefused(spaces, challenge: challenge(live), "two spaces")

        let elsewhere = try await live.grant(
            scope: "other.tools", resource: live.url.replacing("/mcp", with: "/other"))
        #expect(try await call(live, "Bearer \(elsewhere.access)", "/other").header("X-Echo") == "application")
        _ = application.takeRequests()
        let foreign =
            "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2V2aWwuZXhhbXBsZSIsInN1YiI6ImFkbWluIn0.c2lnbmF0dXJl"
        let others = ["x", "cgat_unknown", elsewhere.access, grant.refresh, grant.code, foreign]
        for token in others + (format == "jwt" ? counterfeits(of: grant.access, with: elsewhere.access) : []) {
            let answer = try await call(live, "Bearer \(token)")
            expectRefused(answer, challenge: challenge(live, error: "invalid_token"), "\(token)")
        }

        try await live.revoke(grant.refresh)
        let revoked = try await call(live, "Bearer \(grant.access)")
        expectRefused(revoked, challenge: challenge(live, error: "invalid_token"), "revoked")
    }

    /// What can be made of two good JWTs without their key.
    private func counterfeits(of token: String, with other: String) -> [String] {
        let parts = token.split(separator: "."), others = other.split(separator: ".")
        let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0"  // {"alg":"none","typ":"at+jwt"}
        return [
            "\(unsigned).\(parts[1]).", "\(unsigned).\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1]).",
            "\(parts[0]).\(others[1]).\(parts[2])", "\(parts[0]).\(parts[1]).\(others[2])", "\(token).\(parts[2])",
            "\(token)=",
        ]
    }

    @Test("H08 two Authorization headers are refused, whichever comes first")
    func twoHeaders() async throws {
        let live = try await NginxDeployment(for: application)
        let token = try await live.grant().access
        for pair in [["Bearer \(token)", "Bearer x"], ["Bearer x", "Bearer \(token)"]] {
            let answer = try await live.ask("POST", "/mcp", headers: pair.map { ("Authorization", $0) }, body: "{}")
            #expect(answer.status == 400)
        }
        #expect(application.takeRequests().isEmpty)
    }

    @Test("H09 too little scope is 403, and the challenge that says so comes through nginx once")
    func scope() async throws {
        let live = try await NginxDeployment(for: application)
        let token = try await live.grant(scope: "offline_access").access
        let answer = try await call(live, "Bearer \(token)")
        expectRefused(answer, 403, challenge: challenge(live, error: "insufficient_scope"), "offline_access alone")
    }

    @Test(
        "H11 while connectorgen-auth is away nobody passes, clients are told when to come again, and their tokens stay good",
        arguments: [SIGTERM, SIGKILL], ["opaque", "jwt"])
    func away(signal: Int32, format: String) async throws {
        let live = try await NginxDeployment(
            for: application, issuer: "tokens: { format: \(format) }")
        let token = try await live.grant().access
        try await live.stop(signal)
        for target in ["/mcp", "/mcp/token", "/mcp/register"] {
            let answer = try await call(live, "Bearer \(token)", target)
            #expect(answer.status == 503)
            #expect(answer.values("Retry-After") == ["5"])
            #expect(answer.values("Content-Type") == ["application/json"])
            #expect(answer.text == #"{"error":"temporarily_unavailable"}"#)
        }
        #expect(try await live.ask("GET", "/.well-known/oauth-protected-resource/mcp").status == 200)
        #expect(application.takeRequests().isEmpty)
        try await live.restart()
        #expect(try await call(live, "Bearer \(token)").header("X-Echo") == "application")
    }

    @Test("H12 H27 the application hears of the caller from the verifier alone, and never sees the token")
    func identity() async throws {
        let live = try await NginxDeployment(for: application)
        let token = try await live.grant().access
        #expect(try await call(live, "Bearer \(token)", headers: forged).status == 200)
        let request = try #require(application.takeRequests().first)
        #expect(request.values("X-MCP-Subject") == [NginxDeployment.user])
        #expect(request.values("X-MCP-Issuer") == [live.issuer])
        #expect(request.values("X-MCP-Client") == [NginxDeployment.client])
        #expect(request.values("X-MCP-Scopes") == ["mcp.tools offline_access"])
        #expect(request.values("Authorization") == [])
        #expect(!request.headers.contains { $0.value == "admin" || $0.value.contains(token) })
    }

    @Test("H14 H16 no spelling of the path leads to the application without a token")
    func spellings() async throws {
        let live = try await NginxDeployment(for: application)
        let targets = [
            "/mcp", "/mcp/", "/mcp/x", "//mcp", "/%6dcp", "/mcp/./x", "/x/../mcp", "/mcp%2f", "/mcp;x", "/MCP", "/mcpX",
            "/mcp/.%2e/mcp", "/mcp?x=/mcp", "/.well-known/../mcp",
        ]
        for target in targets {
            for method in ["GET", "POST", "DELETE", "PUT", "PROPFIND"] {
                let answer = try await live.ask(method, target)
                #expect([400, 401, 404, 405, 418].contains(answer.status), "\(method) \(target) \(answer.startLine)")
                #expect(answer.header("X-Echo") == nil, "\(method) \(target)")
            }
        }
        #expect(application.takeRequests().isEmpty)
    }

    @Test("H18 H19 pages of listed origins may ask, and the token of a foreign page is not enough")
    func origins() async throws {
        let live = try await NginxDeployment(
            for: application, connector: "cors: nginx\n    allowed_origins: [https://claude.ai]")
        let token = try await live.grant().access
        let asks = ("Access-Control-Request-Method", "POST")
        let listed = try await live.ask("OPTIONS", "/mcp", headers: [("Origin", "https://claude.ai"), asks])
        #expect(listed.status == 204)
        #expect(listed.values("Access-Control-Allow-Origin") == ["https://claude.ai"])
        let foreign = try await live.ask("OPTIONS", "/mcp", headers: [("Origin", "https://evil.example"), asks])
        #expect(foreign.status == 403)
        #expect(foreign.values("Access-Control-Allow-Origin") == [])
        let rebound = try await call(live, "Bearer \(token)", headers: [("Origin", "https://evil.example")])
        #expect(rebound.status == 403)
        #expect(rebound.values("Access-Control-Allow-Origin") == [])
        #expect(application.takeRequests().isEmpty)
        let wanted = try await call(live, "Bearer \(token)", headers: [("Origin", "https://claude.ai")])
        #expect(wanted.header("X-Echo") == "application")
    }

    @Test("H24 a stream that is open when its token ends goes on, and the next request is refused")
    func stream() async throws {
        let (listener, port) = try LoopbackSocket.listen()
        defer { close(listener) }
        let live = try await NginxDeployment(for: BarePort(port: port))
        let grant = try await live.grant()
        let client = try LoopbackSocket.connect(port: live.nginx.port)
        defer { close(client) }
        let head = """
            GET /mcp HTTP/1.1\r\nHost: 127.0.0.1:\(live.nginx.port)\r\nAuthorization: Bearer \(grant.access)\r
            Accept: text/event-stream\r\n\r\n
            """
        try LoopbackSocket.write(Array(head.utf8), to: client)
        let upstream = try await onThread {
            var visitor = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            try #require(poll(&visitor, 1, 10_000) == 1)
            return accept(listener, nil, nil)
        }
        defer { close(upstream) }
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: first\n\n"
        try LoopbackSocket.write(Array(answer.utf8), to: upstream)
        try await expect("data: first", from: client)
        try await live.revoke(grant.refresh)
        let refused = try await call(live, "Bearer \(grant.access)")
        #expect(refused.status == 401)
        #expect(refused.values("WWW-Authenticate") == [challenge(live, error: "invalid_token")])
        try LoopbackSocket.write(Array("data: second\n\n".utf8), to: upstream)
        try await expect("data: second", from: client)
    }

    /// Reads until the text has come, or the connection's ten seconds are over.
    private func expect(_ text: String, from connection: Int32) async throws {
        try await onThread {
            var found = ""
            while !found.contains(text) {
                let more = try LoopbackSocket.read(from: connection)
                try #require(!more.isEmpty, "the stream ended behind: \(found)")
                found += String(decoding: more, as: UTF8.self)
            }
        }
    }

    @Test("H20 a large body behind a bad token is refused before it is sent")
    func largeBody() async throws {
        let live = try await NginxDeployment(for: application, connector: "max_body: 16m")
        let port = live.nginx.port
        let head = """
            POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAuthorization: Bearer bad\r\nConnection: close\r
            Content-Length: 10485760\r\n\r\n
            """
        let answer = try await onThread {
            let connection = try LoopbackSocket.connect(port: port)
            defer { close(connection) }
            try LoopbackSocket.write(Array(head.utf8), to: connection)
            var bytes: [UInt8] = []
            while RawHTTP.headEnd(bytes) == nil {
                let more = try LoopbackSocket.read(from: connection)
                if more.isEmpty { break }
                bytes += more
            }
            return try RawHTTP.parse(bytes)
        }
        expectRefused(answer, challenge: challenge(live, error: "invalid_token"), "10 MiB")
    }
}
