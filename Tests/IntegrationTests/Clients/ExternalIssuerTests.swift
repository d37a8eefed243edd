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

    @Test("H03 a token of the peer opens the connector by the keys that its metadata names; its ID token does not")
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
        "who is not let in gets 403 without a wish for scope, who lacks a scope is told which, and own tokens come through"
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
