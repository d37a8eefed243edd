import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import TestSupport
import Testing

@Suite(
    "an MCP server that knows its own address alone", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
struct HostHeaderTests {
    /// The protection against DNS rebinding that the SDK switches on for servers on loopback.
    @Test(
        "H69 with the public host it answers 421, with its own it serves",
        arguments: [("public", 421), ("upstream", 200)])
    func rebindingProtection(choice: String, status: Int) async throws {
        let server = try await MCPServer.start()
        let spec = """
            version: 1
            name: live
            issuer: { url: https://login.example.com, mode: external }
            connectors:
              mcp:
                public_url: https://mcp.example.com/mcp
                client_id: cid_example
                upstream: http://127.0.0.1:\(server.port)
                host_header: \(choice)
                scopes: [mcp.tools]
                verify: application
            targets:
              nginx: { version: "1.22" }
            """
        let compilation = try Compilation.valid(spec)
        let nginx = try ScratchNginx(
            http: "    include nginx/connectorgen-http.conf;",
            servers: """
                    server {
                        listen 127.0.0.1:{PORT};
                        server_name mcp.example.com;
                        include nginx/mcp.example.com.conf;
                    }
                """, files: compilation.artifacts.map { ($0.path, $0.bytes) })
        try nginx.start()
        let port = nginx.port
        let hello = #"""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\#
            "clientInfo":{"name":"test","version":"1"}}}
            """#
        let answer = try await onThread {
            try RawHTTP.request(
                "POST", "/mcp", host: "mcp.example.com", port: port,
                headers: [
                    ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
                ], body: hello)
        }
        #expect(answer.status == status, "\(answer.startLine) \(answer.text)")
        #expect(answer.text.contains("Invalid Host header") == (status == 421))
    }
}
