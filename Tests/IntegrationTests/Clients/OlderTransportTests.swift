import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import TestSupport
import Testing

@Suite(
    "the older transport of two paths", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
struct OlderTransportTests {
    private static let program = Repository.path("Tests/IntegrationTests/Clients/mcp_two_paths.py")

    @Test("a server of two paths that knows its prefix is reached below one public path, by a real client")
    func prefixed() async throws {
        let (server, upstream) = try await Self.server("/mcp")
        let nginx = try Self.nginx(upstream: upstream)
        try nginx.start()
        try await expectClient(at: "http://127.0.0.1:\(nginx.port)/mcp/sse")
        withExtendedLifetime(server) {}
    }

    @Test("H72 clients of an alias post to the one message path with tokens for the alias, and nobody else's opens it")
    func alias() async throws {
        let (server, upstream) = try await Self.server("")
        let live = try await NginxDeployment(
            for: BarePort(port: upstream), connector: "message_path: /messages\n    aliases: [/mcp2]",
            connectors: "other: { public_url: ORIGIN/other, client_id: cid_other, upstream: http://127.0.0.1:9, "
                + "scopes: [other.tools] }")
        try await expectClient(at: live.url, try await live.grant().access)
        let token = try await live.grant(resource: live.url + "2").access
        try await expectClient(at: live.url + "2", token)
        let other = try await live.grant(
            scope: "other.tools", resource: live.url.replacing("/mcp", with: "/other")
        ).access
        for credentials in [[], [("Authorization", "Bearer \(other)")], [("Authorization", "Bearer \(token)x")]] {
            let answer = try await live.ask(
                "POST", "/messages/?session_id=0123456789abcdef0123456789abcdef", headers: credentials, body: "{}")
            #expect(answer.status == 401)
            let challenge = answer.header("www-authenticate")
            #expect(challenge?.contains("/.well-known/oauth-protected-resource/mcp\"") == true)
            #expect(challenge?.contains("invalid_token") == !credentials.isEmpty)
        }
        // The streams themselves are two resources as before.
        #expect(
            try await live.ask("GET", "/mcp", headers: [("Authorization", "Bearer \(token)")]).status == 401)
        withExtendedLifetime(server) {}
    }

    private static func server(_ prefix: String) async throws -> (ChildProcess, port: Int) {
        let server = try ChildProcess(try Tool.currentSDK.required(), [program, prefix])
        let line = try await server.output.wait(for: "\n", deadline: .seconds(120))
        return (server, try #require(Int(line.prefix { $0 != "\n" })))
    }

    private func expectClient(at url: String, _ token: String? = nil) async throws {
        let client = try await ChildProcess.run(
            try Tool.currentSDK.required(), [Self.program, "", url] + (token.map { [$0] } ?? []))
        #expect(client.exit == .code(0) && client.output == "two paths\n", "\(client.errors)")
    }

    private static func nginx(upstream: Int) throws -> ScratchNginx {
        let port = try LoopbackSocket.freePort()
        let spec = """
            version: 1
            name: live
            issuer: { url: https://login.example.com, mode: external }
            connectors:
              mcp:
                public_url: http://127.0.0.1:\(port)/mcp
                client_id: cid_example
                upstream: http://127.0.0.1:\(upstream)/
                scopes: [mcp.tools]
                verify: application
            targets:
              nginx: { version: "1.22" }
            """
        let compilation = try Compilation.valid(spec)
        return try ScratchNginx(
            http: "    include nginx/connectorgen-http.conf;",
            servers: """
                    server {
                        listen 127.0.0.1:{PORT};
                        server_name 127.0.0.1;
                        include nginx/127.0.0.1.conf;
                    }
                """, files: compilation.artifacts.map { ($0.path, $0.bytes) }, port: port)
    }
}
