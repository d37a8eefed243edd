import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import Foundation
import TestSupport
import Testing

/// The scripts of a spec, written to a folder, and how they are run.
struct KeycloakScripts {
    static let secret = "planted-service-account-secret"

    let folder: TemporaryFolder
    let compilation: Compilation

    init(_ text: String = Self.spec(), location: SourceLocation = #_sourceLocation) throws {
        compilation = Self.compile(text)
        folder = try TemporaryFolder()
        let scripts = compilation.artifacts.filter { $0.path.hasPrefix("keycloak/") }
        try #require(!scripts.isEmpty, "\(compilation.diagnostics.map(\.message))", sourceLocation: location)
        for artifact in scripts {
            let path = try folder.write(artifact.path, artifact.bytes)
            try FileManager.default.setAttributes(
                [.posixPermissions: Int(artifact.mode)], ofItemAtPath: path)
        }
    }

    static func compile(_ text: String) -> Compilation {
        var options = CompilationOptions()
        options.only = ["keycloak"]
        return .compile(SourceFile(path: "connector.yaml", text: text), options: options)
    }

    static func spec(
        keycloak: String = "", connector: String = "", registration: String = "[dcr, predefined]"
    ) -> String {
        """
        version: 1
        name: farm
        issuer:
          url: https://auth.example.com/realms/mcp
          mode: external
          registration: \(registration)
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: mcp-static
            scopes: [mcp.tools]
            aliases: [/mcp2]
        \(connector)
        clients:
          - chatgpt
          - { id: it's$(id), label: "a \\"quoted\\" one", redirect_uris: [https://chatgpt.com/cb] }
          - { id: mcp-static, label: static, redirect_uris: [https://chatgpt.com/connector_platform_oauth_redirect] }
        trusted_hosts: [chatgpt.com, claude.ai]
        targets:
          keycloak: { realm: mcp, server: https://auth.example.com, version: "26.7" \(keycloak) }
        """
    }

    struct Run {
        let status: ChildProcess.Exit
        let lines: [Substring]
        let errors: String
        /// The first words of the lines, once each.
        var verbs: Set<Substring> { Set(lines.map { $0.prefix { $0 != " " } }) }
    }

    func run(
        _ script: String = "apply.sh", _ arguments: [String] = [], on realm: FakeRealm, shell: Tool = .dash,
        environment: [String: String] = [:]
    ) async throws -> Run {
        var variables = environment
        variables["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        variables["KCADM"] = realm.kcadm
        variables["FAKE_REALM"] = realm.folder.path
        variables["KC_BACKUP_DIR"] = realm.folder.file("backup")
        variables["TMPDIR"] = try Self.scratch(realm)
        variables["KC_CLI_CLIENT_SECRET"] = environment["KC_CLI_CLIENT_SECRET"] ?? Self.secret
        let ended = try await ChildProcess.run(
            try shell.required(), [folder.file("keycloak/\(script)")] + arguments, environment: variables,
            deadline: .seconds(120))
        return Run(status: ended.exit, lines: ended.output.split(separator: "\n"), errors: ended.errors)
    }

    /// What is kept of the realm before its first change.
    static func backup(_ realm: FakeRealm) throws -> String { realm.folder.file("backup/mcp-before.json") }

    /// Where the script makes its private folder; empty again after each run.
    static func scratch(_ realm: FakeRealm) throws -> String {
        let path = realm.folder.file("scratch")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
