import TestSupport
import Testing

@Suite("further ways to a resource, through nginx", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct FurtherWaysTests {
    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(name: "application")
    }

    private func call(_ live: NginxDeployment, _ path: String, _ token: String) async throws -> RawMessage {
        try await live.ask("POST", path, headers: [("Authorization", "Bearer \(token)")], body: "{}")
    }

    @Test("A26 an old family of endpoints leads to the same tokens, says when it ends, and stands in no document")
    func legacyEndpoints() async throws {
        let live = try await NginxDeployment(
            for: application,
            connector: "legacy_aliases: [{ path: /api/connector/oauth, sunset: 2099-03-31 }]")
        let grant = try await live.grant(endpoints: "/api/connector/oauth")
        #expect(try await call(live, "/mcp", grant.access).header("X-Echo") == "application")
        let refused = try await live.ask(
            "POST", "/api/connector/oauth/token", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "grant_type=authorization_code&code=x&client_id=\(NginxDeployment.client)")
        #expect(refused.status == 400)
        #expect(refused.values("Sunset") == ["Tue, 31 Mar 2099 23:59:59 GMT"])
        for path in ["oauth-protected-resource", "oauth-protected-resource/mcp", "oauth-authorization-server/mcp"] {
            let document = try await live.ask("GET", "/.well-known/\(path)")
            #expect(document.status == 200)
            #expect(!document.text.contains("/api/connector/oauth"))
        }
    }

    @Test("an alias is a resource of its own: its documents name it, and a token is for one of the two")
    func alias() async throws {
        let live = try await NginxDeployment(for: application, connector: "aliases: [/mcp2]")
        let other = live.url + "2"
        let document = try await live.ask("GET", "/.well-known/oauth-protected-resource/mcp2")
        #expect(document.text.contains(#""resource":"\#(other)""#))
        let grant = try await live.grant(resource: other)
        #expect(try await call(live, "/mcp2", grant.access).header("X-Echo") == "application")
        _ = application.takeRequests()
        #expect(try await call(live, "/mcp", grant.access).status == 401)
        #expect(application.takeRequests().isEmpty)
        let challenge = try await live.ask("POST", "/mcp2").header("WWW-Authenticate")
        #expect(challenge?.contains("/.well-known/oauth-protected-resource/mcp2\"") == true)
    }

    @Test("a service token opens its connector, under the name that the operator gave")
    func serviceToken() async throws {
        let token = "a-token-of-these-tests-5f2c91ab04"
        let digest = "98606c0da7c2cd884d5332816462026a7cb06e76e6f518522ece15ae7020f0e6"
        let live = try await NginxDeployment(
            for: application,
            connector: "service_tokens: [{ label: bridge, subject: service-bridge, token: { sha256: \(digest) } }]",
            connectors: "other: { public_url: ORIGIN/other, client_id: cid_other, upstream: http://127.0.0.1:9 }")
        #expect(try await call(live, "/mcp", token).header("X-Echo") == "application")
        let request = try #require(application.takeRequests().first)
        #expect(request.values("X-MCP-Subject") == ["service-bridge"])
        #expect(request.values("X-MCP-Client") == ["bridge"])
        #expect(request.values("X-MCP-Scopes") == ["mcp.tools"])
        #expect(request.values("Authorization") == [])
        #expect(try await call(live, "/other", token).status == 401)
        #expect(try await call(live, "/mcp", token + "0").status == 401)
    }
}
