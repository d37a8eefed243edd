import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A realm of a Keycloak that runs, behind nginx on what a spec makes of it, with connectorgen-auth verifying its tokens
/// before an MCP server. `KEYCLOAK_URL` and `KEYCLOAK_VERSION` say where the Keycloak is and which.
///
/// The realm has one person, and a client `theirs` that was there before the deployment.
final class KeycloakDeployment {
    let origin: String
    let port: Int
    let realm: String
    let folder: TemporaryFolder
    private let nginx: ScratchNginx
    private let server: ChildProcess
    private let keycloak: String
    private let upstream: any LoopbackUpstream

    var url: String { origin + "/mcp" }
    var issuer: String { "\(origin)/realms/\(realm)" }

    static func with(
        _ name: String, for upstream: any LoopbackUpstream, _ body: (KeycloakDeployment) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let realm = "connectorgen-\(name)-\(ProcessInfo.processInfo.processIdentifier)"
        let keycloak = try #require(ProcessInfo.processInfo.environment["KEYCLOAK_URL"])
        let port = try LoopbackSocket.freePort()
        let artifacts = try compile(realm, at: keycloak, behind: port, for: upstream, in: folder)
        try await makeRealm(realm, at: keycloak, in: folder)
        do {
            try await body(
                try await KeycloakDeployment(
                    realm, at: keycloak, behind: port, for: upstream, in: folder, from: artifacts))
        } catch {
            try await administer(["delete", "realms/\(realm)"], in: folder)
            throw error
        }
        try await administer(["delete", "realms/\(realm)"], in: folder)
    }

    private static func compile(
        _ realm: String, at keycloak: String, behind port: Int, for upstream: any LoopbackUpstream,
        in folder: TemporaryFolder
    ) throws -> [Artifact] {
        let version = ProcessInfo.processInfo.environment["KEYCLOAK_VERSION"] ?? "26.7"
        let spec = """
            version: 1
            name: live
            issuer:
              url: http://127.0.0.1:\(port)/realms/\(realm)
              mode: external
              registration: [dcr]
              listen: 127.0.0.1:\(try LoopbackSocket.freePort())
              private_listen: 127.0.0.1:\(try LoopbackSocket.freePort())
              verification:
                jwks:
                  url: \(keycloak)/realms/\(realm)/protocol/openid-connect/certs
                  algorithms: [RS256]
                  types: [JWT]
            connectors:
              mcp:
                public_url: http://127.0.0.1:\(port)/mcp
                client_id: cid_live
                upstream: http://127.0.0.1:\(upstream.port)
                scopes: [mcp.tools]
                verify: edge
            clients: [chatgpt, claude, inspector, claude-code, mcp-remote]
            targets:
              nginx: { version: "1.22", server_names: [127.0.0.1], include_dir: \(folder.file("out/nginx")) }
              keycloak:
                realm: \(realm)
                admin_realm: master
                server: \(keycloak)
                version: "\(version.split(separator: ".").prefix(2).joined(separator: "."))"
            """
        let compilation = Compilation.compile(SourceFile(path: "connector.yaml", text: spec))
        let errors = compilation.diagnostics.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map { "\($0.code): \($0.message)" })")
        for artifact in compilation.artifacts {
            let path = try folder.write("out/\(artifact.path)", artifact.bytes)
            try FileManager.default.setAttributes([.posixPermissions: Int(artifact.mode)], ofItemAtPath: path)
        }
        return compilation.artifacts
    }

    private static func makeRealm(_ realm: String, at keycloak: String, in folder: TemporaryFolder) async throws {
        try await administer(
            ["config", "credentials", "--server", keycloak, "--realm", "master", "--user", administrator], in: folder)
        try await administer(["create", "realms"], ["realm": .string(realm), "enabled": true], in: folder)
        let password: JSON = ["type": "password", "value": .string(NginxDeployment.password), "temporary": false]
        try await administer(
            ["create", "users", "-r", realm],
            [
                "username": .string(NginxDeployment.user), "enabled": true, "firstName": "A", "lastName": "B",
                "email": "person@example.com", "emailVerified": true, "credentials": .array([password]),
            ], in: folder)
        try await administer(
            ["create", "clients", "-r", realm],
            ["clientId": "theirs", "publicClient": true, "directAccessGrantsEnabled": true], in: folder)
    }

    private init(
        _ realm: String, at keycloak: String, behind port: Int, for upstream: any LoopbackUpstream,
        in folder: TemporaryFolder, from artifacts: [Artifact]
    ) async throws {
        (self.realm, self.keycloak, self.port) = (realm, keycloak, port)
        (self.upstream, self.folder) = (upstream, folder)
        origin = "http://127.0.0.1:\(port)"
        let applied = try await ChildProcess.run(
            Tool.dash.required(), [folder.file("out/keycloak/apply.sh")],
            environment: Self.environment(folder).merging([
                "KCADM": folder.file("out/keycloak/kcadm-rest"), "KC_ADMIN_USER": Self.administrator,
            ]) { $1 }, deadline: .seconds(120))
        try #require(applied.exit == .code(0), "\(applied.output)\(applied.errors)")
        server = try ChildProcess(
            ChildProcess.product("connectorgen-auth"),
            ["--config", folder.file("out/runtime/connectorgen-auth.json")], environment: [:])
        try await server.errors.wait(for: "ready\n", deadline: .seconds(30))
        let runbook = try #require(artifacts.first { $0.path == "runbook.md" })
        let headers = "large_client_header_buffers 3 16k;"
        #expect(
            String(decoding: runbook.bytes, as: UTF8.self).contains("    \(headers)\n"), "the runbook's server block")
        nginx = try ScratchNginx(
            http: "    include \(folder.file("out/nginx/connectorgen-http.conf"));",
            servers: """
                    server {
                        listen 127.0.0.1:{PORT};
                        server_name 127.0.0.1;
                        \(headers)
                        include \(folder.file("out/nginx/127.0.0.1.conf"));
                        location / { proxy_pass \(keycloak); }
                    }
                """, port: port)
        #expect(try nginx.test() == (0, ""))
        try nginx.start()
    }

    // MARK: the realm

    private static var administrator: String {
        ProcessInfo.processInfo.environment["KC_BOOTSTRAP_ADMIN_USERNAME"] ?? "admin"
    }

    private static func environment(_ folder: TemporaryFolder) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        return [
            "PATH": own["PATH"] ?? "", "HOME": folder.path, "TMPDIR": folder.path,
            "KC_CLI_PASSWORD": own["KC_BOOTSTRAP_ADMIN_PASSWORD"] ?? "admin-pw",
        ]
    }

    /// One call of the generated `kcadm-rest`.
    private static func administer(_ words: [String], _ body: JSON? = nil, in folder: TemporaryFolder) async throws {
        let ended = try await ChildProcess.run(
            Tool.dash.required(),
            [folder.file("out/keycloak/kcadm-rest")] + words + ["--config", folder.file("kcadm.config")]
                + (body == nil ? [] : ["-f", "-"]),
            environment: environment(folder), input: body?.encoded(.compact) ?? [],
            deadline: .seconds(60))
        try #require(ended.exit == .code(0), "\(words): \(ended.errors)")
    }

    /// What the client that was there before gets for the person, by their password.
    func foreignToken() async throws -> String {
        let user = NginxDeployment.user
        let password = NginxDeployment.password.replacing(" ", with: "+")
        let answer = try await ask(
            "POST", "/realms/\(realm)/protocol/openid-connect/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "grant_type=password&client_id=theirs&username=\(user)&password=\(password)&scope=openid")
        return try #require(try JSON.parse(answer.body)["access_token"]?.string, "\(answer.text)")
    }

    // MARK: clients

    func ask(
        _ method: String = "GET", _ target: String, headers: [(String, String)] = [], body: String = ""
    ) async throws -> RawMessage {
        let port = port
        return try await onThread {
            try RawHTTP.request(method, target, host: "127.0.0.1:\(port)", port: port, headers: headers, body: body)
        }
    }

    private var person: [String: String] {
        ["LOGIN_USER": NginxDeployment.user, "LOGIN_PASSWORD": NginxDeployment.password]
    }

    /// Has the SDK register, sign in, list, call, refresh and call again.
    func connect(_ generation: SDKClient.Generation) async throws -> SDKRun {
        let ran = try await ChildProcess.run(
            generation.tool.required(),
            [
                "-B", Repository.path("Tests/IntegrationTests/Clients/sdk_client.py"), "--url", url, "--state",
                folder.file("client-\(generation.rawValue).json"), "list", "call", "expire", "call",
            ], environment: person, deadline: .seconds(90))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        return try JSONDecoder().decode(SDKRun.self, from: Data(ran.output.utf8))
    }

    /// What `mcp-remote-run.mjs` prints.
    func bridge() async throws -> JSON {
        let folder = try Tool.shared.required() + "/clients"
        let ran = try await ChildProcess.run(
            Tool.node.required(),
            [
                "\(folder)/mcp-remote-run.mjs", "--url", url, "--login",
                "\(Tool.python3.required()) \(folder)/login_local.py", "--timeout", "60",
            ], environment: ProcessInfo.processInfo.environment.merging(person) { $1 }, deadline: .seconds(90))
        return try JSON.parse(Array(ran.output.utf8))
    }

    /// What `code_flow.py` prints.
    func codeFlow(_ redirect: String, options: [String] = [], lengths: [Int]) async throws -> JSON {
        let ran = try await ChildProcess.run(
            Tool.currentSDK.required(),
            [
                "-B", Repository.path("Tests/IntegrationTests/Clients/code_flow.py"), "--issuer", issuer, "--resource",
                url, "--redirect", redirect,
            ] + options + lengths.map(String.init), environment: person, deadline: .seconds(90))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        return try JSON.parse(Array(ran.output.utf8))
    }
}
