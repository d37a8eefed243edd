import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A deployment whose parts are all real: nginx on the generated files, and connectorgen-auth on the generated config.
/// Everything listens on loopback and keeps its files in a folder of its own; all of it ends with this value.
final class NginxDeployment {
    static let user = "alice"
    static let password = "correct horse"

    /// The connector's own client, which is public.
    static let client = "cid_5d0f6c2be91a4f7f8c3da6b417e290d8"

    /// `http://127.0.0.1:PORT/mcp`: what people paste into their client, and the resource.
    let url: String
    let issuer: String
    let nginx: ScratchNginx
    let folder: TemporaryFolder
    /// Nil while it is away, and where a test serves the config itself.
    private(set) var server: ChildProcess?
    private let upstream: any LoopbackUpstream
    /// The path of the runtime config.
    let config: String
    /// The environment of connectorgen-auth.
    let variables: [String: String]

    /// Compiles a spec like the quickstart for the MCP server `upstream`, with an issuer at `issuerPath` of the origin.
    /// `issuer`, `connector` and `connectors` are further lines at their places, in which ORIGIN stands for the origin;
    /// `clients` is the list of known clients. `external` are the lines of another issuer in the place of our own,
    /// `scope` the connector's, `login` those of a provider that people sign in at in place of our own users.
    init(
        for upstream: any LoopbackUpstream, issuerPath: String = "/mcp", issuer: String = "", connector: String = "",
        connectors: String = "", clients: String = "inspector, claude-code, mcp-remote", external: String? = nil,
        login: String? = nil, scope: String = "mcp.tools", variables further: [String: String] = [:],
        isServed: Bool = true
    ) async throws {
        self.upstream = upstream
        folder = try TemporaryFolder()
        let port = try LoopbackSocket.freePort()
        // An issuer on another port of a name would have its routes here too.
        let host = external == nil ? "127.0.0.1" : "localhost"
        let origin = "http://\(host):\(port)"
        url = origin + "/mcp"
        self.issuer = origin + issuerPath
        let people =
            login.map { "mode: upstream\n  login: \($0)" } ?? "mode: local\n  users: { env: CONNECTORGEN_USERS }"
        let own = """
            url: \(self.issuer)
              \(people)
              store: { sqlite: \(folder.file("auth.db")) }
            """
        let spec = """
            version: 1
            name: live
            issuer:
              \(external ?? own)
              listen: 127.0.0.1:\(try LoopbackSocket.freePort())
              private_listen: 127.0.0.1:\(try LoopbackSocket.freePort())
              \(issuer)
            connectors:
              mcp:
                public_url: \(url)
                client_id: \(Self.client)
                upstream: http://127.0.0.1:\(upstream.port)
                scopes: [\(scope)]
                \(connector)
              \(connectors)
            clients: [\(clients)]
            targets:
              nginx: { version: "1.22", server_names: [\(host)], include_dir: \(folder.file("out/nginx")) }
            """.replacing("ORIGIN", with: origin)
        let compilation = try Compilation.valid(spec)
        for artifact in compilation.artifacts { try folder.write("out/\(artifact.path)", artifact.bytes) }
        nginx = try ScratchNginx(
            http: "    include \(folder.file("out/nginx/connectorgen-http.conf"));",
            servers: """
                    server {
                        listen 127.0.0.1:{PORT};
                        server_name \(host);
                        include \(folder.file("out/nginx/\(host).conf"));
                        location / { return 418; }
                    }
                """, port: port)
        config = folder.file("out/runtime/connectorgen-auth.json")
        variables = ["CONNECTORGEN_USERS": try await Self.users()].merging(further) { _, new in new }
        server = isServed ? try await Self.serve(config, variables) : nil
        #expect(try nginx.test() == (0, ""))
        try nginx.start()
    }

    /// Ends connectorgen-auth by a signal, unless it has ended, and starts it again on the same config, store and keys.
    func restart(_ signal: Int32? = nil) async throws {
        if let signal { try await stop(signal) }
        server = try await Self.serve(config, variables)
    }

    func stop(_ signal: Int32) async throws {
        let ending = try #require(server)
        server = nil
        ending.signal(signal)
        let exit = try await ending.wait()
        #expect(exit == (signal == SIGTERM ? .code(0) : .signal(signal)))
    }

    /// One request through nginx.
    func ask(
        _ method: String = "GET", _ target: String, headers: [(String, String)] = [], body: String = ""
    ) async throws -> RawMessage {
        let port = nginx.port
        return try await onThread {
            try RawHTTP.request(method, target, host: "127.0.0.1:\(port)", port: port, headers: headers, body: body)
        }
    }

    /// The statuses of the answers of one of the server's routes so far, as the server has logged them.
    func answers(of route: String) throws -> [Int] {
        try #require(server).errors.text.split(separator: "\n").compactMap { line in
            let entry = try? JSON.parse(Array(line.utf8))
            return entry?["route"]?.string == route ? entry?["status"]?.int : nil
        }
    }

    /// A users file with one line, whose hash is as cheap as the program makes it.
    static func users() async throws -> String {
        let made = try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), ["hash-password", "--user", user, "--memory", "19"],
            environment: [:], input: Array(password.utf8))
        try #require(made.exit == .code(0), "\(made.errors)")
        return made.output
    }

    private static func serve(_ config: String, _ variables: [String: String]) async throws -> ChildProcess {
        try await ChildProcess.authServer(config, ["--log", "requests"], variables: variables)
    }
}
