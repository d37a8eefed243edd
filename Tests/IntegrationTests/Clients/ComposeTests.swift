import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite(
    "the example of containers behind a tunnel, with a name server of the tests in the place of Docker's",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
struct ComposeTests {
    @Test("nginx starts before the others, finds them by their names, and a client goes the whole way")
    func deployed() async throws {
        let dns = try ScratchDNS()
        let application = try await MCPServer.start()
        let folder = try TemporaryFolder()
        let port = try LoopbackSocket.freePort()
        let origin = "http://127.0.0.1:\(port)"
        let spec = try String(contentsOfFile: Example(name: "compose-tunnel").specPath, encoding: .utf8)
            .replacing("https://garden.example.com", with: origin)
            .replacing("listen: auth:8719", with: "listen: auth:\(try LoopbackSocket.freePort())")
            .replacing("private_listen: auth:8720", with: "private_listen: auth:\(try LoopbackSocket.freePort())")
            .replacing("mcp:3000", with: "mcp:\(application.port)")
            .replacing("resolver: 127.0.0.11", with: "resolver: 127.0.0.1:\(dns.port)")
            .replacing("{ file: /run/secrets/users }", with: "{ env: CONNECTORGEN_USERS }")
            .replacing("/var/lib/connectorgen/garden.db", with: folder.file("garden.db"))
            .replacing("include_dir: deploy/out/nginx", with: "include_dir: nginx")
            // What stands before nginx here is this test.
            .replacing("from: [172.30.0.0/24]", with: "from: [127.0.0.1]")
        let compilation = try Compilation.valid(spec)
        for artifact in compilation.artifacts { try folder.write(artifact.path, artifact.bytes) }
        let nginx = try ScratchNginx(
            http: "    include nginx/connectorgen-http.conf;",
            servers: """
                    server {
                        listen 127.0.0.1:{PORT};
                        server_name 127.0.0.1;
                        include nginx/127.0.0.1.conf;
                    }
                """,
            files: compilation.artifacts.filter { $0.path.hasPrefix("nginx/") }.map { ($0.path, $0.bytes) }, port: port)
        #expect(try nginx.test() == (0, ""))
        try nginx.start()
        let ask = { @Sendable (method: String, target: String) async throws -> RawMessage in
            try await onThread {
                try RawHTTP.request(method, target, host: "127.0.0.1:\(port)", port: port, headers: [], body: "")
            }
        }
        // Discovery is nginx's own; the rest is away.
        #expect(try await ask("GET", "/.well-known/oauth-authorization-server/mcp").status == 200)
        #expect(try await ask("POST", "/mcp").status == 503)
        let server = try await ChildProcess.authServer(
            folder.file("runtime/connectorgen-auth.json"), ["--log", "requests"],
            variables: ["CONNECTORGEN_USERS": try await NginxDeployment.users()])
        dns.address = [127, 0, 0, 1]
        let ran = try await ChildProcess.run(
            Tool.currentSDK.required(),
            [
                "-B", Repository.path("Tests/IntegrationTests/Clients/sdk_client.py"), "--url", origin + "/mcp",
                "--state",
                folder.file("client.json"), "list", "call", "expire", "call",
            ],
            environment: ["LOGIN_USER": NginxDeployment.user, "LOGIN_PASSWORD": NginxDeployment.password],
            deadline: .seconds(90))
        let run = try JSONDecoder().decode(SDKRun.self, from: Data(ran.output.utf8))
        #expect(run.error == nil, "\(run.requests)")
        #expect(run.calls.count == 2 && run.tokens.map(\.status) == [200, 200])
        #expect(run.calls.first?.values("x-mcp-subject").count == 1)
        withExtendedLifetime((server, nginx, application)) {}
    }
}
