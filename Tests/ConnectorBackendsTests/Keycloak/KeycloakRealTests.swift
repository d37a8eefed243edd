import ConnectorBackends
import Diagnostics
import Foundation
import JSONSyntax
import TestSupport
import Testing

/// The shipped example on a Keycloak that runs, in a realm of its own that is deleted again.
///
/// `KEYCLOAK_HOME` and `KEYCLOAK_URL` name the server; an administrator of its master realm signs in
/// (`KC_BOOTSTRAP_ADMIN_USERNAME` and `…_PASSWORD`).
@Suite(
    "the Keycloak scripts on a Keycloak",
    .enabled(if: Tool.kcadm.isAvailable, "KEYCLOAK_HOME and KEYCLOAK_URL name no server"), .serialized)
struct KeycloakRealTests {
    @Test("the shipped example applies, a second run changes nothing, and clients have the redirects of their profiles")
    func example() async throws {
        try await Realm.with(name: "connectorgen-example") { realm in
            let scripts = try realm.scripts(Golden("examples/keycloak-farm/connector.yaml").text)
            let first = try await realm.run(scripts, "apply.sh")
            #expect(first.exit == .code(0), "\(first.output)\(first.errors)")
            let second = try await realm.run(scripts, "apply.sh")
            #expect(second.exit == .code(0))
            #expect(second.output.split(separator: "\n").allSatisfy { $0.hasPrefix("unchanged ") }, "\(second.output)")
            for script in ["status.sh", "verify.sh"] {
                let run = try await realm.run(scripts, script)
                #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            }

            let client = try #require(
                try await realm.get("clients", "-q", "clientId=cid_d4f90b6e27c84a13a85f1c0e93b7d652").array?.first)
            let redirects = client["redirectUris"]?.array?.compactMap(\.string) ?? []
            #expect(redirects.contains("https://chatgpt.com/connector/oauth/*"), "\(redirects)")
            let scope = try #require(
                try await realm.get("client-scopes").array?.first { $0["name"]?.string == "mcp.search" })
            #expect(scope[pointer: "/attributes/connectorgen.owner"]?.string == "farm/search")

            let stranger = try realm.scripts(
                Golden("examples/keycloak-farm/connector.yaml").text?.replacing("name: farm", with: "name: other"))
            let refused = try await realm.run(stranger, "apply.sh")
            #expect(refused.exit == .code(3))
            #expect(refused.output == "blocked scope mcp.search\n", "\(refused.output)")
        }
    }

    @Test("a spec without dcr leaves the realm's registration as it was")
    func closed() async throws {
        try await Realm.with(name: "connectorgen-closed") { realm in
            let policies = try await realm.get("components")
            let scripts = try realm.scripts(
                Golden("examples/keycloak-farm/connector.yaml").text?.replacing(
                    "registration: [predefined, dcr]", with: "registration: [predefined]"
                ).replacing("default_scope: optional", with: ""))
            let run = try await realm.run(scripts, "apply.sh")
            #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            #expect(!run.output.contains("open "), "\(run.output)")
            #expect(try await realm.sorted(realm.get("components")) == realm.sorted(policies))
            let offered = try await realm.get("default-optional-client-scopes").array?.compactMap { $0["name"]?.string }
            #expect(offered?.contains { $0.hasPrefix("mcp.") } == false)
        }
    }

    private struct Realm {
        let name: String
        let folder: TemporaryFolder
        let server: String
        let user: String
        let password: String

        static func with(name: String, _ body: (Realm) async throws -> Void) async throws {
            let environment = ProcessInfo.processInfo.environment
            let realm = Realm(
                name: "\(name)-\(ProcessInfo.processInfo.processIdentifier)", folder: try TemporaryFolder(),
                server: environment["KEYCLOAK_URL"] ?? "",
                user: environment["KC_BOOTSTRAP_ADMIN_USERNAME"] ?? "admin",
                password: environment["KC_BOOTSTRAP_ADMIN_PASSWORD"] ?? "admin-pw")
            try await realm.kcadm(
                "config", "credentials", "--server", realm.server, "--realm", "master", "--user", realm.user)
            try await realm.kcadm("create", "realms", "-s", "realm=\(realm.name)", "-s", "enabled=true")
            do { try await body(realm) } catch {
                try await realm.kcadm("delete", "realms/\(realm.name)")
                throw error
            }
            try await realm.kcadm("delete", "realms/\(realm.name)")
        }

        func scripts(_ text: String?) throws -> KeycloakScripts {
            try KeycloakScripts(
                try #require(text).replacing("realm: mcp\n", with: "realm: \(name)\n    admin_realm: master\n")
                    .replacing("/realms/mcp", with: "/realms/\(name)"))
        }

        func run(_ scripts: KeycloakScripts, _ script: String) async throws -> ChildProcess.Completed {
            try await ChildProcess.run(
                try Tool.dash.required(), [scripts.folder.file("keycloak/\(script)")],
                environment: [
                    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path,
                    "KCADM": try Tool.kcadm.required(), "KC_SERVER": server, "KC_ADMIN_USER": user,
                    "KC_CLI_PASSWORD": password, "KC_PUBLIC_ISSUER": "\(server)/realms/\(name)",
                ], deadline: .seconds(300))
        }

        @discardableResult
        func kcadm(_ arguments: String...) async throws -> String {
            let ended = try await ChildProcess.run(
                try Tool.kcadm.required(), arguments + ["--config", folder.file("kcadm.config")],
                environment: [
                    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path,
                    "KC_CLI_PASSWORD": password,
                ], deadline: .seconds(60))
            try #require(ended.exit == .code(0), "\(arguments): \(ended.errors)")
            return ended.output
        }

        func get(_ endpoint: String, _ options: String...) async throws -> JSON {
            let ended = try await ChildProcess.run(
                try Tool.kcadm.required(),
                ["get", endpoint, "-r", name] + options + ["--config", folder.file("kcadm.config")],
                environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path],
                deadline: .seconds(60))
            return try JSON.parse(Array(ended.output.utf8))
        }

        /// The same list whatever order the server gave it.
        func sorted(_ list: JSON) -> [String] {
            (list.array ?? []).map { String(decoding: $0.encoded(.compact), as: UTF8.self) }.sorted()
        }
    }
}
