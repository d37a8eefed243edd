import ConnectorBackends
import ConnectorPlan
import TestSupport
import Testing

@Suite(
    "what an MCP server is told of its callers", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxIdentityTests {
    private static let told = [
        ("X-MCP-Subject", "alice"), ("X-MCP-Issuer", "https://login.example.com"), ("X-MCP-Client", "cid"),
        ("X-MCP-Scopes", "mcp.tools"),
    ]

    @Test("H12 names of its own stand for the standard ones, and what clients send by either is gone")
    func names() throws {
        let live = try LiveNginx(
            NginxSpecs.plain(
                connector: "    identity_headers: { subject: X-User-Id, client: Remote-User, scopes: X-Grants }"),
            verifier: { _ in EchoUpstream.Answer(200, Self.told) })
        let forged = [
            "X-MCP-Subject", "X-MCP-Client", "X-MCP-Scopes", "X-MCP-Issuer", "X-User-Id", "x-user-id", "X-Grants",
            "Remote-User", "X-User", "X-Auth-User",
        ].map { ($0, "admin") }
        let answer = try live.ask("POST", "/mcp", headers: forged + [("Authorization", "Bearer t")], body: "{}")
        #expect(answer.header("x-echo") == "application")
        let request = try #require(live.application.takeRequests().first)
        #expect(!request.headers.contains { $0.value == "admin" })
        #expect(request.values("x-user-id") == ["alice"] && request.values("remote-user") == ["cid"])
        #expect(
            request.values("x-grants") == ["mcp.tools"]
                && request.values("x-mcp-issuer") == ["https://login.example.com"])
        for name in ["x-mcp-subject", "x-mcp-client", "x-mcp-scopes", "authorization"] {
            #expect(request.values(name).isEmpty, "\(name)")
        }
    }

    @Test("a token that the verifier hands on arrives as it was judged, and every other stays at the edge")
    func passed() throws {
        let verifier: @Sendable (RawMessage) -> EchoUpstream.Answer = { request in
            let authorization = request.values("authorization").first ?? ""
            return authorization.hasPrefix("Bearer pat_")
                ? EchoUpstream.Answer(200, [("X-MCP-Authorization", authorization)])
                : EchoUpstream.Answer(200, Self.told)
        }
        let live = try LiveNginx(NginxSpecs.plain(connector: "    bearer: { pass: [pat_] }"), verifier: verifier)
        func arrived(_ token: String) throws -> RawMessage {
            let forged = [("X-MCP-Authorization", "Bearer forged"), ("X-MCP-Subject", "admin")]
            _ = try live.ask("POST", "/mcp", headers: [("Authorization", token)] + forged, body: "{}")
            return try #require(live.application.takeRequests().first)
        }
        let own = try arrived("Bearer pat_abc")
        #expect(own.values("authorization") == ["Bearer pat_abc"] && own.values("x-mcp-subject").isEmpty)
        let other = try arrived("Bearer other")
        #expect(other.values("authorization").isEmpty && other.values("x-mcp-subject") == ["alice"])
        let long = try arrived("Bearer pat_" + String(repeating: "a", count: 6_000))
        #expect(long.values("authorization").first?.utf8.count == 6_011)
    }

    @Test("where the connector has no tokens of its own, nothing that a verifier says brings one through")
    func notPassed() throws {
        let live = try LiveNginx(
            NginxSpecs.plain(),
            verifier: { _ in EchoUpstream.Answer(200, Self.told + [("X-MCP-Authorization", "Bearer pat_abc")]) })
        _ = try live.ask("POST", "/mcp", headers: [("Authorization", "Bearer pat_abc")], body: "{}")
        let request = try #require(live.application.takeRequests().first)
        #expect(request.values("authorization").isEmpty)
    }

    @Test("connectors that tell alike share one snippet, and others have one of their own")
    func snippets() throws {
        let rendered = try RenderedNginx(
            NginxSpecs.plain(connector: "    identity_headers: { subject: X-User-Id }\n    bearer: { pass: [pat_] }"))
        let names = rendered.artifacts.map(\.path).filter { $0.contains("transport") }
        let name = "nginx/snippets/transport-edge-3600s-4m-own-tokens-subject-x-user-id"
        #expect(names.sorted() == ["\(name).conf", "\(name)_mcp.example.com.conf"])
    }
}
