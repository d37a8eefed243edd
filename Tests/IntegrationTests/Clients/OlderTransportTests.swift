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
        let python = try Tool.currentSDK.required()
        let server = try ChildProcess(python, [Self.program, "/mcp"])
        let line = try await server.output.wait(for: "\n", deadline: .seconds(120))
        let upstream = try #require(Int(line.prefix { $0 != "\n" }))
        let nginx = try Self.nginx(upstream: upstream)
        try nginx.start()
        let client = try await ChildProcess.run(
            python, [Self.program, "", "http://127.0.0.1:\(nginx.port)/mcp/sse"])
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
        let compilation = Compilation.compile(SourceFile(path: "connector.yaml", text: spec))
        #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
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
