import TestSupport
import Testing

@Suite(
    "nginx and connectorgen-auth in front of an MCP server whose tokens another server issues",
    .enabled(if: Tool.nginx.isAvailable && PeerIssuer.isAvailable, "nginx, node or the peer is not there"))
struct ExternalIssuerTests {
    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(name: "application")
    }

    private func call(_ live: NginxDeployment, _ token: String?) async throws -> RawMessage {
        let credentials = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        return try await live.ask("POST", "/mcp", headers: credentials, body: "{}")
    }

    @Test(
        "H03 J40 J41 J42 a token of the peer opens the connector by the keys that its metadata names; its ID token does not"
    )
    func peer() async throws {
        let peer = try await PeerIssuer()
        defer { peer.stop() }
        let live = try await NginxDeployment(
            for: application, connector: "audience: [\"\(peer.audience)\"]",
            external: "url: \(peer.issuer)\n  mode: external\n  verification: { jwks: {} }", scope: "mcp")
        let tokens = try peer.tokens()
        let bare = try await call(live, nil)
        #expect(bare.status == 401 && bare.values("www-authenticate").count == 1)
        #expect(bare.header("www-authenticate")?.contains(#"scope="mcp""#) == true)
        #expect(try await call(live, tokens.access).header("x-echo") == "application")
        let request = try #require(application.takeRequests().first)
        #expect(request.values("x-mcp-subject") == ["alice"] && request.values("x-mcp-issuer") == [peer.issuer])
        #expect(request.values("authorization").isEmpty)
        for token in [tokens.id, tokens.access + "x", "cgat_x"] {
            let answer = try await call(live, token)
            #expect(answer.status == 401 && answer.header("www-authenticate")?.contains("invalid_token") == true)
        }
        #expect(application.takeRequests().isEmpty)
        // The keys at hand count while the peer is away.
        peer.stop()
        #expect(try await call(live, tokens.access).header("x-echo") == "application")
    }

    @Test(
        "J40 by keys that the spec names, with all that it can say of them, the SDK goes the whole way at the peer",
        .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
    func namedKeys() async throws {
        let peer = try await PeerIssuer()
        defer { peer.stop() }
        let mcp = try await MCPServer.start()
        let keys = "{ url: \(peer.issuer)/jwks, algorithms: [ES256], types: [at+jwt], leeway: 10s, stale_keys: 6h }"
        let live = try await NginxDeployment(
            for: mcp, connector: "verify: edge\n    audience: [\"\(peer.audience)\"]",
            external: "url: \(peer.issuer)\n  mode: external\n  registration: [predefined, dcr]\n"
                + "  verification: { jwks: \(keys) }", scope: "mcp")
        let run = try await SDKClient(.current, live).run(["list", "call", "expire", "call"])
        try #require(run.error == nil, "\(run.requests)")
        #expect(run.registrations.map(\.status) == [201] && run.tokens.map(\.status) == [200, 200])
        #expect(run.calls.count == 2)
        for call in run.calls {
            #expect(call.values("x-mcp-subject") == ["alice"] && call.values("x-mcp-issuer") == [peer.issuer])
            #expect(call.values("authorization") == [])
        }
    }

    @Test("J43 opaque tokens of the peer open the connector while it says that they are good, and no longer")
    func introspection() async throws {
        let peer = try await PeerIssuer(opaque: true)
        defer { peer.stop() }
        let edge = try peer.resourceServer()
        let live = try await NginxDeployment(
            for: application, connector: "audience: [\"\(peer.audience)\"]",
            external: "url: \(peer.issuer)\n  mode: external\n  verification: { introspection: { "
                + "url: \(peer.issuer)/token/introspection, client_id: \(edge.id), client_secret: { env: EDGE_SECRET }, "
                + "cache: 1s, leeway: 5s } }", scope: "mcp", variables: ["EDGE_SECRET": edge.secret])
        let tokens = try peer.tokens()
        #expect(!tokens.access.contains("."))
        #expect(try await call(live, tokens.access).header("x-echo") == "application")
        let request = try #require(application.takeRequests().first)
        #expect(request.values("x-mcp-subject") == ["alice"] && request.values("authorization").isEmpty)
        for token in [tokens.id, tokens.access + "x", "cgat_x"] {
            let answer = try await call(live, token)
            #expect(answer.status == 401, "\(token.prefix(8)) \(answer.text)")
        }
        try peer.revoke(tokens.access, of: tokens.client)
        // An answer counts for a second more.
        let deadline = ContinuousClock.now + .seconds(10)
        while try await call(live, tokens.access).status != 401, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(50))
        }
        _ = application.takeRequests()
        #expect(try await call(live, tokens.access).status == 401)
        #expect(application.takeRequests().isEmpty)
        // While nobody can be asked nobody gets in, and no client throws a good token away.
        let other = try peer.tokens().access
        peer.stop()
        let away = try await call(live, other)
        #expect(away.status == 503 && away.header("retry-after") != nil)
    }

    @Test(
        "H70 H71 who is not let in gets 403 without a wish for scope, who lacks a scope is told which, and own tokens come through"
    )
    func admission() async throws {
        let live = try await NginxDeployment(
            for: application,
            connector: "bearer: { pass: [pat_] }\n    identity_headers: { subject: X-User-Id }\n"
                + "    allow: [{ subject: \(NginxDeployment.user), scope: mcp.tools }]",
            connectors: "closed: { public_url: ORIGIN/closed, client_id: cid_closed, "
                + "upstream: \"http://127.0.0.1:\(application.port)\", scopes: [closed.tools], allow: [{ subject: bob }] }"
        )
        let token = try await live.grant().access
        #expect(try await call(live, token).header("x-echo") == "application")
        #expect(application.takeRequests().first?.values("x-user-id") == [NginxDeployment.user])
        #expect(try await call(live, "pat_abc").header("x-echo") == "application")
        #expect(application.takeRequests().first?.values("authorization") == ["Bearer pat_abc"])
        let closed = try await live.grant(
            scope: "closed.tools", resource: live.url.replacing("/mcp", with: "/closed"))
        let answer = try await live.ask(
            "POST", "/closed", headers: [("Authorization", "Bearer \(closed.access)")], body: "{}")
        #expect(answer.status == 403 && answer.values("www-authenticate").isEmpty)
        let own = try await live.ask("POST", "/closed", headers: [("Authorization", "Bearer pat_abc")], body: "{}")
        #expect(own.status == 401)
        #expect(application.takeRequests().isEmpty)
    }
}
