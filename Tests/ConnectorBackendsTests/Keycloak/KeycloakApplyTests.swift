import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import Diagnostics
import Foundation
import JSONSyntax
import TestSupport
import Testing

@Suite(
    "the Keycloak scripts", .enabled(if: Tool.jq.isAvailable && Tool.dash.isAvailable, "jq or dash is not installed"))
struct KeycloakApplyTests {
    @Test("the first run creates, the second prints only unchanged", arguments: [Tool.dash, Tool.bash])
    func idempotent(_ shell: Tool) async throws {
        guard shell.isAvailable else { return }
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        let first = try await scripts.run(on: realm, shell: shell)
        #expect(first.status == .code(0), "\(first.errors)")
        #expect(first.verbs == ["create", "update"], "\(first.lines)")
        let state = try realm.state
        let callsOfFirst = try realm.calls.count
        let second = try await scripts.run(on: realm, shell: shell)
        #expect(second.status == .code(0))
        #expect(second.verbs == ["unchanged"], "\(second.lines)")
        #expect(second.lines.count == first.lines.count)
        #expect(try realm.state == state)
        #expect(try realm.calls.count - callsOfFirst <= 8)
    }

    @Test("the realm holds what the plan says, and what was there before")
    func outcome() async throws {
        let realm = try FakeRealm()
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        let state = try realm.state
        let scope = try #require(Self.find("client-scopes", "name", "mcp.tools", state))
        #expect(scope[pointer: "/attributes/include.in.token.scope"]?.string == "true")
        let audiences = scope["protocolMappers"]?.array?.map { $0[pointer: "/config/included.custom.audience"]?.string }
        #expect(audiences == ["https://mcp.example.com/mcp", "https://mcp.example.com/mcp2"])
        let policies = try #require(state["components"]?.array)
        let hosts = try #require(policies.first { $0["providerId"]?.string == "trusted-hosts" }?["config"])
        let names = Set(hosts["trusted-hosts"]?.array?.compactMap(\.string) ?? [])
        #expect(names.isSuperset(of: ["foreign.example.org", "chatgpt.com", "claude.ai", "mcp.example.com"]))
        #expect(hosts["host-sending-registration-request-must-match"] == ["false"])
        #expect(hosts["client-uris-must-match"] == ["true"])
        let others = policies.filter { ["p-3", "p-4"].contains($0["id"]?.string ?? "") }
        #expect(others.map { $0[pointer: "/config/allowed-client-scopes"] } == [nil, nil])
        #expect(state["default-optional-client-scopes"]?.array == scope["id"].map { [$0] })
        #expect(state["default-default-client-scopes"] == ["s-profile"])
        for id in ["mcp-static", "it's$(id)"] {
            let client = try #require(Self.find("clients", "clientId", id, state))
            #expect(client["defaultClientScopes"] == ["profile", "mcp.tools"])
            #expect(client[pointer: "/attributes/pkce.code.challenge.method"]?.string == "S256")
        }
        #expect(Self.find("clients", "clientId", "account", state)?["redirectUris"] == ["/x"])
    }

    @Test("no secret is in an argument, and nothing stays behind")
    func secrecy() async throws {
        let realm = try FakeRealm()
        let run = try await KeycloakScripts().run(on: realm)
        #expect(run.status == .code(0))
        #expect(try !realm.calls.contains { $0.contains(KeycloakScripts.secret) })
        #expect(!run.errors.contains(KeycloakScripts.secret))
        #expect(try FileManager.default.contentsOfDirectory(atPath: KeycloakScripts.scratch(realm)).isEmpty)
    }

    @Test("stopped at any write, before or after the server took it, the next run ends in the same realm")
    func interruption() async throws {
        let whole = try FakeRealm()
        let scripts = try KeycloakScripts()
        #expect(try await scripts.run(on: whole).status == .code(0))
        let expected = Self.comparable(try whole.state)
        let writes = try whole.writes
        try #require(writes >= 10)
        // A write that is lost leaves what a crash behind the write before it leaves; the first has none before it.
        for (variable, count) in [("FAKE_LOSE", 1)] + (1...writes).map({ ("FAKE_CRASH", $0) }) {
            let realm = try FakeRealm()
            let stopped = try await scripts.run(on: realm, environment: [variable: "\(count)"])
            #expect(stopped.status == .code(3), "\(variable) \(count)")
            #expect(stopped.errors.contains("Connection reset"))
            let again = try await scripts.run(on: realm)
            #expect(again.status == .code(0), "\(variable) \(count): \(again.errors)")
            #expect(Self.comparable(try realm.state) == expected, "\(variable) \(count)")
        }
    }

    @Test("a plan only reads, and its detailed exit status tells three things apart")
    func plan() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        let before = try realm.state
        let planned = try await scripts.run("apply.sh", ["--plan"], on: realm)
        #expect(planned.status == .code(0))
        #expect(try realm.state == before && realm.writes == 0)
        #expect(try await scripts.run("apply.sh", ["--plan", "--detailed-exitcode"], on: realm).status == .code(2))
        #expect(try await scripts.run("status.sh", on: realm).status == .code(2))
        #expect(try realm.state == before)
        let applied = try await scripts.run(on: realm)
        #expect(applied.lines == planned.lines)
        #expect(try await scripts.run("apply.sh", ["--plan", "--detailed-exitcode"], on: realm).status == .code(0))
        #expect(try await scripts.run("status.sh", on: realm).status == .code(0))
        let denied = try await scripts.run(
            "apply.sh", ["--plan", "--detailed-exitcode"], on: realm, environment: ["FAKE_DENY": "components"])
        #expect(denied.status == .code(1))
        #expect(denied.errors.contains("manage-realm") && denied.errors.contains("403"))
    }

    @Test("a policy that is there twice or not at all stops the run", arguments: [0, 2])
    func ambiguous(_ count: Int) async throws {
        let realm = try FakeRealm()
        let text = try realm.folder.read("realm.json")
        let changed = text.replacing("\"providerId\": \"max-clients\"", with: "\"providerId\": \"trusted-hosts\"")
        try realm.folder.write(
            "realm.json",
            count == 2 ? changed : text.replacing("\"providerId\": \"trusted-hosts\"", with: "\"providerId\": \"gone\"")
        )
        let run = try await KeycloakScripts().run(on: realm)
        #expect(run.status == .code(3))
        #expect(run.lines.last?.hasPrefix("blocked policy trusted-hosts (anonymous)") == true)
        #expect(run.errors.contains("expected exactly one such policy, found \(count)"))
    }

    @Test("a permanent default scope moves from the optional list, and back")
    func permanent() async throws {
        let realm = try FakeRealm()
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        let permanent = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", default_scope: permanent"))
        #expect(permanent.compilation.diagnostics.map(\.code) == [.keycloakDefaultScopeIgnored])
        #expect(try await permanent.run(on: realm).status == .code(0))
        #expect(try realm.state["default-default-client-scopes"]?.array?.count == 2)
        #expect(try realm.state["default-optional-client-scopes"] == [])
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        #expect(try realm.state["default-default-client-scopes"] == ["s-profile"])
    }

    @Test("a realm that tolerates all scopes gets an openid scope and stops advertising service_account")
    func tolerant() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", tolerate_all_scopes: true"))
        #expect(try await scripts.run(on: realm).status == .code(0))
        let state = try realm.state
        #expect(Self.find("client-scopes", "name", "openid", state) != nil)
        let hidden = Self.find("client-scopes", "name", "service_account", state)
        #expect(hidden?[pointer: "/attributes/include.in.openid.provider.metadata"]?.string == "false")
        #expect(hidden?[pointer: "/attributes/include.in.token.scope"]?.string == "false")
        #expect(try await scripts.run(on: realm).verbs == ["unchanged"])
    }

    @Test("a trace, an unknown option and a missing secret are refused before anything is done")
    func refusals() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        for script in ["apply.sh", "status.sh", "verify.sh"] {
            let traced = try await ChildProcess.run(
                try Tool.dash.required(), ["-x", scripts.folder.file("keycloak/\(script)")],
                environment: ["PATH": "/usr/bin:/bin", "KC_CLI_CLIENT_SECRET": KeycloakScripts.secret])
            #expect(traced.exit == .code(script == "status.sh" ? 1 : 2))
            #expect(!traced.errors.contains(KeycloakScripts.secret))
        }
        #expect(try await scripts.run("apply.sh", ["--force"], on: realm).status == .code(2))
        #expect(try await scripts.run("apply.sh", ["--detailed-exitcode"], on: realm).status == .code(2))
        let missing = try await scripts.run(on: realm, environment: ["KC_CLI_CLIENT_SECRET": ""])
        #expect(missing.status == .code(3) && missing.errors.contains("KC_CLI_CLIENT_SECRET is not set"))
        #expect(try realm.calls.isEmpty)
    }

    @Test("the scripts satisfy every reader of shell")
    func shells() async throws {
        let scripts = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", tolerate_all_scopes: true"))
        for script in ["apply.sh", "status.sh", "verify.sh"] {
            let path = scripts.folder.file("keycloak/\(script)")
            var checks: [(Tool, [String])] = [(.dash, ["-n", path]), (.bash, ["-n", path])]
            checks.append((.shellcheck, ["-s", "sh", "-S", "style", path]))
            for (tool, arguments) in checks where tool.isAvailable {
                let ended = try await ChildProcess.run(try tool.required(), arguments)
                #expect(ended.exit == .code(0) && ended.output.isEmpty, "\(tool.name): \(ended.output)\(ended.errors)")
            }
        }
        let modes = scripts.compilation.artifacts.filter { $0.path.hasSuffix(".sh") }.map(\.mode)
        #expect(modes == [0o700, 0o700, 0o700])
    }

    @Test("a temporary default scope is refused, with the reason")
    func temporary() {
        let compilation = KeycloakScripts.compile(KeycloakScripts.spec(keycloak: ", default_scope: temporary"))
        #expect(compilation.diagnostics.map(\.code) == [.keycloakTemporaryScope])
        #expect(compilation.artifacts.isEmpty)
    }

    @Test("lines of the script lead back to the spec")
    func provenance() throws {
        let scripts = try KeycloakScripts()
        let apply = try #require(scripts.compilation.artifacts.first { $0.path == "keycloak/apply.sh" })
        let lines = try scripts.folder.read("keycloak/apply.sh").split(
            separator: "\n", omittingEmptySubsequences: false)
        // Besides the steps, the settings above them: realm, server and who signs in.
        let steps = apply.provenance.filter { lines[$0.lines.lowerBound - 1].hasPrefix("step_") }
        #expect(steps.count == 10 && apply.provenance.count == 13)
        #expect(apply.provenance.allSatisfy { !$0.origins.isEmpty })
        #expect(lines.contains("step_client 'it'\\''s$(id)' 'client-1-it-s--id-.json'"))
    }

    // MARK: Looking into a realm

    private static func find(_ list: String, _ key: String, _ value: String, _ state: JSON) -> JSON? {
        state[list]?.array?.first { $0[key]?.string == value }
    }

    /// Names instead of ids, and no counter: what two ways to the same realm have in common.
    private static func comparable(_ state: JSON) -> Set<String> {
        var found: Set<String> = []
        for list in ["client-scopes", "components", "clients"] {
            for object in state[list]?.array ?? [] {
                var members = object.members ?? []
                members.removeAll { $0.name == "id" || $0.name == "secret" }
                var text = String(decoding: JSON.object(members).encoded(.compact), as: UTF8.self)
                while let start = text.range(of: "\"id\":\"id-"),
                    let end = text[start.upperBound...].firstIndex(of: "\"")
                {
                    text.removeSubrange(start.lowerBound...end)
                }
                found.insert(list + text)
            }
        }
        for list in ["default-default-client-scopes", "default-optional-client-scopes"] {
            let ids = state[list]?.array?.compactMap(\.string) ?? []
            let names = ids.map { id in find("client-scopes", "id", id, state)?["name"]?.string ?? "?" }
            found.insert(list + names.sorted().joined(separator: ","))
        }
        return found
    }
}
