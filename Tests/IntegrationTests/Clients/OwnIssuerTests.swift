import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Foundation
import TestSupport
import Testing

/// An MCP server that is its own issuer (`examples/own-issuer/mcp-server.py`), behind nginx on what a spec makes of it.
private struct OwnIssuer {
    let url: String
    let nginx: ScratchNginx
    let port: Int
    private let server: ChildProcess

    /// `spec` is given the origin and the address of the server, `issuerPath` is what the server says of itself behind
    /// the origin, and `site` is what the server block has besides, with UPSTREAM for the server's address.
    init(issuerPath: String = "", site: String = "", spec: (_ origin: String, _ upstream: String) throws -> String)
        async throws
    {
        let port = try LoopbackSocket.freePort()
        self.port = port
        let origin = "http://127.0.0.1:\(port)"
        url = origin + "/mcp"
        server = try ChildProcess(
            Tool.currentSDK.required(),
            ["-B", Repository.path("examples/own-issuer/mcp-server.py"), origin + issuerPath, url],
            environment: ["NOTES_PASSWORD": "correct horse"])
        let line = try await server.output.wait(for: "\n", deadline: .seconds(120))
        let upstream = "http://127.0.0.1:\(try #require(Int(line.prefix { $0 != "\n" }), "\(line)"))"
        let compilation = try Compilation.valid(try spec(origin, upstream))
        nginx = try ScratchNginx(
            http: "    include nginx/connectorgen-http.conf;",
            servers: """
                    server {
                        listen 127.0.0.1:{PORT};
                        server_name 127.0.0.1;
                        include nginx/127.0.0.1.conf;
                        \(site.replacing("UPSTREAM", with: upstream))
                    }
                """,
            files: compilation.artifacts.filter { $0.path.hasPrefix("nginx/") }.map { ($0.path, $0.bytes) }, port: port)
        #expect(try nginx.test() == (0, ""))
        try nginx.start()
    }

    /// Has a client register, sign in, call, refresh and call again; answers what it called with.
    func connect(_ generation: SDKClient.Generation, options: [String] = []) async throws -> SDKRun {
        let folder = try TemporaryFolder()
        let ran = try await ChildProcess.run(
            generation.tool.required(),
            [
                "-B", Repository.path("Tests/IntegrationTests/Clients/sdk_client.py"), "--url", url, "--state",
                folder.file("client.json"),
            ] + options + ["list", "call", "expire", "call"],
            environment: ["LOGIN_USER": "owner", "LOGIN_PASSWORD": "correct horse"], deadline: .seconds(90))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        return try JSONDecoder().decode(SDKRun.self, from: Data(ran.output.utf8))
    }

    func ask(_ target: String, headers: [(String, String)] = []) async throws -> RawMessage {
        let port = port
        return try await onThread {
            try RawHTTP.request("GET", target, host: "127.0.0.1:\(port)", port: port, headers: headers, body: "")
        }
    }
}

@Suite(
    "an MCP server that is its own issuer, behind our nginx",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(
        if: Tool.firstSDK.isAvailable && Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDKs"))
struct OwnIssuerTests {
    private static func example(_ origin: String, _ upstream: String) throws -> String {
        try String(contentsOfFile: Example(name: "own-issuer").specPath, encoding: .utf8)
            .replacing("https://notes.example.com", with: origin).replacing("http://127.0.0.1:3003", with: upstream)
    }

    /// The way of a client through the whole of it, and that nothing else of the host is taken.
    private func expectFlow(
        _ issuer: OwnIssuer, _ generation: SDKClient.Generation, options: [String] = []
    ) async throws {
        let run = try await issuer.connect(generation, options: options)
        #expect(run.error == nil, "\(run.requests)")
        #expect(run.tools == ["whoami"] && run.calls.count == 2)
        #expect(run.registrations.map(\.status) == [201] && run.tokens.map(\.status) == [200, 200])
        let bearer = try #require(run.calls.first?.values("authorization").first)
        #expect(bearer.hasPrefix("Bearer "), "the application checks the token itself")
        #expect(run.calls.first?.values("x-mcp-subject") == [])
    }

    @Test(
        "the example: registration, sign-in page, tokens and calls go through", arguments: SDKClient.Generation.allCases
    )
    func example(_ generation: SDKClient.Generation) async throws {
        let issuer = try await OwnIssuer(spec: Self.example)
        try await expectFlow(issuer, generation)
        // A client of the revision of 2025-03-26 knows no metadata of resources.
        try await expectFlow(issuer, generation, options: ["--without-resource-metadata"])
        let document = try await issuer.ask(
            "/.well-known/oauth-authorization-server", headers: [("Origin", "http://a.example")])
        #expect(document.values("access-control-allow-origin") == ["*"], "the application's own, once")
        #expect(try await issuer.ask("/elsewhere").status == 404)
    }

    @Test(
        "a spec that does not say where the issuer is leaves it to the site's own locations",
        arguments: SDKClient.Generation.allCases)
    func leftToTheSite(_ generation: SDKClient.Generation) async throws {
        let issuer = try await OwnIssuer(
            site: "location / { proxy_pass UPSTREAM; proxy_set_header Host $http_host; }"
        ) { origin, upstream in
            """
            version: 1
            name: demo
            issuer: { url: \(origin), mode: external, registration: [dcr] }
            connectors: { mcp: { public_url: \(origin)/mcp, upstream: "\(upstream)", verify: application } }
            clients: [claude]
            targets: { nginx: { version: "1.22" } }
            """
        }
        try await expectFlow(issuer, generation)
    }

    @Test(
        "an issuer below a path, which knows nothing of it at its own address", arguments: SDKClient.Generation.allCases
    )
    func belowAPath(_ generation: SDKClient.Generation) async throws {
        let issuer = try await OwnIssuer(issuerPath: "/oauth") { origin, upstream in
            try Self.example(origin, upstream)
                .replacing("  url: \(origin)\n", with: "  url: \(origin)/oauth\n")
                .replacing("  upstream: \(upstream)\n  #", with: "  upstream: \(upstream)/\n  #")
                .replacing("  routes: [/authorize, /token, /register, /login]\n", with: "")
        }
        try await expectFlow(issuer, generation)
        for form in ["/.well-known/oauth-authorization-server/oauth", "/oauth/.well-known/oauth-authorization-server"] {
            #expect(try await issuer.ask(form).text.contains("\"issuer\":\"http://127.0.0.1:\(issuer.port)/oauth\""))
        }
    }
}
