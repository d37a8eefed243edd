import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import Diagnostics
import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A realm of its own on a Keycloak that runs, deleted again.
///
/// `KEYCLOAK_HOME` and `KEYCLOAK_URL` name the server; an administrator of its master realm signs in
/// (`KC_BOOTSTRAP_ADMIN_USERNAME` and `…_PASSWORD`). Calls go through the generated `kcadm-rest`, which is some ten
/// times faster than `kcadm.sh`; what is particular to that has tests of its own.
struct RealRealm {
    let name: String
    let folder: TemporaryFolder
    let server: String
    /// The server's, as a spec has it: `26.7`.
    private(set) var version = "26.7"
    private let user: String
    private let password: String

    static func with(_ name: String, _ body: (RealRealm) async throws -> Void) async throws {
        let environment = ProcessInfo.processInfo.environment
        var realm = RealRealm(
            name: "connectorgen-\(name)-\(ProcessInfo.processInfo.processIdentifier)", folder: try TemporaryFolder(),
            server: environment["KEYCLOAK_URL"] ?? "", user: environment["KC_BOOTSTRAP_ADMIN_USERNAME"] ?? "admin",
            password: environment["KC_BOOTSTRAP_ADMIN_PASSWORD"] ?? "admin-pw")
        let rest = try #require(KeycloakScripts().compilation.artifacts.first { $0.path == "keycloak/kcadm-rest" })
        try realm.folder.write("kcadm-rest", rest.bytes)
        try await realm.call(
            "config", "credentials", "--server", realm.server, "--realm", "master", "--user", realm.user)
        let full = try await realm.call("get", "serverinfo")[pointer: "/systemInfo/version"]?.string ?? ""
        realm.version = full.split(separator: ".").prefix(2).joined(separator: ".")
        try await realm.call("create", "realms", body: ["realm": .string(realm.name), "enabled": true])
        do { try await body(realm) } catch {
            try await realm.call("delete", "realms/\(realm.name)")
            throw error
        }
        try await realm.call("delete", "realms/\(realm.name)")
    }

    /// Runs the generated `kcadm-rest`.
    static let rest = Repository.path("Tests/ConnectorBackendsTests/Keycloak/run-kcadm.sh")

    /// The calls of the last run.
    var calls: Int {
        get throws { Int(try folder.read("calls").split(separator: "\n").first ?? "") ?? 0 }
    }

    // MARK: The scripts

    /// The scripts of the shipped example, for this realm, with parts of its text replaced, which have to be there.
    func example(_ changes: (String, String)..., location: SourceLocation = #_sourceLocation) throws -> KeycloakScripts
    {
        var text = try #require(Golden("examples/keycloak-farm/connector.yaml").text)
        for (old, new) in changes {
            try #require(text.contains(old), "\(old)", sourceLocation: location)
            text = text.replacing(old, with: new)
        }
        return try scripts(text)
    }

    /// A spec's scripts for this realm; where the server lies below a path, the issuer does.
    func scripts(_ text: String) throws -> KeycloakScripts {
        try KeycloakScripts(
            text.replacing("version: \"26.7\"", with: "version: \"\(version)\"")
                .replacing("realm: mcp\n", with: "realm: \(name)\n    admin_realm: master\n")
                .replacing("realm: mcp,", with: "realm: \(name), admin_realm: master,")
                .replacing("https://auth.example.com/auth/realms/mcp", with: issuer)
                .replacing("https://auth.example.com/realms/mcp", with: issuer))
    }

    private var issuer: String {
        let path = server.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3)
        return "https://auth.example.com" + path.map { "/\($0)" }.joined() + "/realms/\(name)"
    }

    func run(
        _ scripts: KeycloakScripts, _ script: String, _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> ChildProcess.Completed {
        try await run(scripts, script, arguments, environment: environment)
    }

    func run(
        _ scripts: KeycloakScripts, _ script: String, _ arguments: [String], environment: [String: String]
    ) async throws -> ChildProcess.Completed {
        let standard = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path,
            "TMPDIR": try scratch(), "KCADM": Self.rest, "KCADM_SCRIPT": folder.file("kcadm-rest"),
            "CALL_COUNT": try folder.write("calls", "0\n"), "KC_SERVER": server, "KC_ADMIN_USER": user,
            "KC_CLI_PASSWORD": password, "KC_PUBLIC_ISSUER": "\(server)/realms/\(name)",
        ]
        let ended = try await ChildProcess.run(
            try Tool.dash.required(), [scripts.folder.file("keycloak/\(script)")] + arguments,
            environment: standard.merging(environment) { $1 }.filter { !$0.value.isEmpty }, deadline: .seconds(300))
        #expect(!ended.output.contains(password) && !ended.errors.contains(password))
        return ended
    }

    /// Where scripts have their private folders; empty after each run.
    func scratch() throws -> String {
        try FileManager.default.createDirectory(atPath: folder.file("scratch"), withIntermediateDirectories: true)
        return folder.file("scratch")
    }

    // MARK: The realm

    /// One call of the admin API; the answer of a read.
    @discardableResult
    func call(
        _ verb: String, _ endpoint: String, _ options: String..., body: JSON? = nil,
        location: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let ended = try await ask(verb, endpoint, options, body: body)
        try #require(ended.exit == .code(0), "\(verb) \(endpoint): \(ended.errors)", sourceLocation: location)
        return ended.output.isEmpty ? .null : try JSON.parse(Array(ended.output.utf8))
    }

    /// Whether the server takes it.
    func attempt(_ verb: String, _ endpoint: String, body: JSON) async throws -> Bool {
        try await ask(verb, endpoint, [], body: body).exit == .code(0)
    }

    private func ask(
        _ verb: String, _ endpoint: String, _ options: [String], body: JSON?
    ) async throws -> ChildProcess.Completed {
        let words =
            [verb, endpoint, "--config", folder.file("kcadm.config")] + (verb == "config" ? [] : ["-r", name]) + options
        let bodyFile = body.map { _ in folder.file("body.json") }
        if let body { try folder.write("body.json", body.encoded(.compact)) }
        let shell = bodyFile == nil ? "exec sh \"$0\" \"$@\"" : "exec sh \"$0\" \"$@\" -f - <\"$BODY\""
        return try await ChildProcess.run(
            try Tool.dash.required(), ["-c", shell, folder.file("kcadm-rest")] + words,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "TMPDIR": folder.path,
                "BODY": bodyFile ?? "",
                "KC_CLI_PASSWORD": password,
            ], deadline: .seconds(60))
    }

    /// The realm as the server exports it.
    func export() async throws -> JSON {
        try await call("create", "partial-export", "-q", "exportClients=true", "-o")
    }

    /// What `lint --keycloak` calls an error in the server's own export.
    func drift(from scripts: KeycloakScripts) async throws -> [String] {
        let plan = try #require(scripts.compilation.plan)
        var sources = SourceMap()
        let text = String(decoding: try await export().encoded(.compact), as: UTF8.self)
        let file = sources.add(SourceFile(path: "realm.json", text: text))
        return Observed(nginx: [], realms: [file], in: sources).differences(from: plan)
            .filter { $0.severity == .error }.map { "\($0.object): \($0.message)" }
    }

    /// What two realms have in common that are configured alike: no ids, no times, no order.
    func comparable(_ export: JSON) -> Set<String> { KeycloakApplyTests.comparable(Self.timeless(export)) }

    private static func timeless(_ value: JSON) -> JSON {
        if let members = value.members {
            let times: Set<String> = ["client.secret.creation.time", "containerId", "parentId"]
            return .object(
                members.filter { !times.contains($0.name) }.map { JSONMember($0.name, timeless($0.value)) })
        }
        return value.array.map { .array($0.map(timeless)) } ?? value
    }

    func scope(_ name: String) async throws -> JSON {
        try #require(try await call("get", "client-scopes").array?.first { $0["name"]?.string == name })
    }

    func client(_ id: String) async throws -> JSON {
        try #require(try await call("get", "clients", "-q", "clientId=\(id)").array?.first)
    }

    func policy(_ provider: String) async throws -> JSON {
        let all = try await call(
            "get", "components", "-q", "type=org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")
        return try #require(
            all.array?.first { $0["providerId"]?.string == provider && $0["subType"]?.string == "anonymous" })
    }
}

extension JSON {
    /// The object with a member set, at a path.
    func setting(_ path: String..., to value: JSON) -> JSON { setting(path[...], to: value) }

    private func setting(_ path: ArraySlice<String>, to value: JSON) -> JSON {
        guard let name = path.first else { return value }
        var members = self.members ?? []
        let old = members.firstIndex { $0.name == name }
        let new = (old.map { members[$0].value } ?? .object([])).setting(path.dropFirst(), to: value)
        if let old { members[old] = JSONMember(name, new) } else { members.append(JSONMember(name, new)) }
        return .object(members)
    }
}
