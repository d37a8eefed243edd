import Foundation
import TestSupport
import Testing

@Suite(
    "nginx and connectorgen-auth behind a login provider that others wrote",
    .enabled(if: Tool.nginx.isAvailable && PeerIssuer.isAvailable, "nginx, node or the peer is not there"))
struct UpstreamLoginTests {
    /// The peer knows us as one client with a secret. It takes any port of the redirect, which is on loopback.
    private func deployment(
        for application: any LoopbackUpstream, behind peer: PeerIssuer, _ further: String = ""
    ) async throws -> NginxDeployment {
        let client = try peer.resourceServer(redirect: "http://127.0.0.1/mcp/callback/oidc")
        return try await NginxDeployment(
            for: application,
            login: "{ provider: oidc, issuer: \(peer.issuer), client_id: \(client.id), "
                + "client_secret: { env: LOGIN_SECRET }, scopes: [openid]\(further) }",
            variables: ["LOGIN_SECRET": client.secret])
    }

    @Test(
        "the SDK registers with us, its person signs in at the peer, and the MCP server is told who came",
        .enabled(
            if: Tool.firstSDK.isAvailable && Tool.currentSDK.isAvailable, "Scripts/setup has not installed the SDKs"),
        arguments: SDKClient.Generation.allCases)
    func wholeFlow(_ generation: SDKClient.Generation) async throws {
        let peer = try await PeerIssuer()
        defer { peer.stop() }
        let application = try await MCPServer.start()
        let live = try await deployment(for: application, behind: peer)
        let client = try SDKClient(generation, live)
        let run = try await client.run(["list", "call", "expire", "call"])
        try #require(run.error == nil, "\(run)")
        #expect(run.registrations.map(\.status) == [201] && run.tokens.map(\.status) == [200, 200])
        #expect(run.calls.count == 2)
        for call in run.calls {
            #expect(call.values("x-mcp-subject") == ["alice"] && call.values("authorization") == [])
        }
        // What was granted does not need the provider.
        peer.stop()
        try await live.restart(SIGKILL)
        let later = try await client.run(["call", "expire", "call"], person: false)
        #expect(later.error == nil && later.calls.count == 2, "\(later)")
    }

    @Test(
        "who is not on the list is told so on a page of ours, and the client gets nothing",
        .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
    func notAdmitted() async throws {
        let peer = try await PeerIssuer()
        defer { peer.stop() }
        let application = try await MCPServer.start()
        let live = try await deployment(
            for: application, behind: peer, ", allow: [{ claims: { sub: bob } }]")
        let run = try await SDKClient(.current, live).run(["call"])
        #expect(run.error?.contains("403 at /mcp/callback/oidc") == true, "\(run)")
        #expect(run.tokens.isEmpty && run.calls.isEmpty)
    }
}
