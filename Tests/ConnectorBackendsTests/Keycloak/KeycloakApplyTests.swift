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
    @Test(
        "the first run takes nine calls, the second three, and prints only unchanged",
        arguments: [Tool.dash, Tool.bash])
    func idempotent(_ shell: Tool) async throws {
        guard shell.isAvailable else { return }
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        let first = try await scripts.run(on: realm, shell: shell)
        #expect(first.status == .code(0), "\(first.errors)")
        #expect(first.verbs == ["create", "update", "unchanged"], "\(first.lines)")
        #expect(try realm.calls.count == 9)
        let state = try realm.state
        let second = try await scripts.run(on: realm, shell: shell)
        #expect(second.status == .code(0), "\(second.errors)")
        #expect(second.verbs == ["unchanged"], "\(second.lines)")
        #expect(try realm.state == state)
        #expect(try realm.calls.count == 12)
    }

    @Test("the realm holds what the plan says, and what was there before")
    func outcome() async throws {
        let realm = try FakeRealm()
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        let scope = try #require(try realm.scope("mcp.tools"))
        #expect(scope[pointer: "/attributes/include.in.token.scope"]?.string == "true")
        #expect(scope[pointer: "/attributes/connectorgen.owner"]?.string == "farm/mcp")
        let mappers = scope["protocolMappers"]?.array ?? []
        #expect(
            mappers.compactMap { $0[pointer: "/config/included.custom.audience"]?.string }
                == ["https://mcp.example.com/mcp", "https://mcp.example.com/mcp2"])
        // One client for each spelling of the resource, and a mapper that names it.
        let stands = mappers.compactMap { $0[pointer: "/config/included.client.audience"]?.string }
        #expect(stands.count >= 2)
        let spellings = try stands.compactMap { try realm.client($0)?[pointer: "/attributes/resource_url"]?.string }
        #expect(Set(spellings).isSuperset(of: ["https://mcp.example.com/mcp", "https://mcp.example.com/mcp2"]))

        let hosts = try #require(try realm.policies("trusted-hosts").first?["config"])
        let names = Set(hosts["trusted-hosts"]?.array?.compactMap(\.string) ?? [])
        #expect(names.isSuperset(of: ["foreign.example.org", "chatgpt.com", "claude.ai", "mcp.example.com"]))
        #expect(hosts["host-sending-registration-request-must-match"] == ["false"])
        #expect(hosts["client-uris-must-match"] == ["true"])
        let state = try realm.state
        #expect(state["defaultDefaultClientScopes"] == ["profile", "mcp.tools"])
        #expect(state["defaultOptionalClientScopes"] == [])
        for id in ["mcp-static", "it's$(id)"] {
            let client = try #require(try realm.client(id))
            #expect(client["defaultClientScopes"]?.array?.contains("mcp.tools") == true)
            #expect(client[pointer: "/attributes/pkce.code.challenge.method"]?.string == "S256")
        }
        #expect(try realm.client("account")?["redirectUris"] == ["/x"])
        #expect(state[pointer: "/attributes/theirs"]?.string == "x")
        let record = try #require(state[pointer: "/attributes/connectorgen.farm"]?.string)
        #expect(record.contains("chatgpt.com") && !record.contains("foreign.example.org"))
        #expect(state[pointer: "/clientProfiles/profiles/0/executors/0/executor"]?.string == "pkce-enforcer")
        #expect(FileManager.default.fileExists(atPath: try KeycloakScripts.backup(realm)))
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
        try #require(writes == 5)
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

    @Test("a dry run only reads, and its exit status tells three things apart, as that of status.sh")
    func plan() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        let before = try realm.state
        let planned = try await scripts.run("apply.sh", ["--dry-run"], on: realm)
        #expect(planned.status == .code(1))
        #expect(try await scripts.run("status.sh", on: realm).status == .code(1))
        #expect(try realm.state == before && realm.writes == 0)
        let applied = try await scripts.run(on: realm)
        #expect(applied.lines == planned.lines)
        #expect(try await scripts.run("apply.sh", ["--dry-run"], on: realm).status == .code(0))
        #expect(try await scripts.run("status.sh", on: realm).status == .code(0))
        let denied = try await scripts.run(on: realm, environment: ["FAKE_DENY": "partial-export"])
        #expect(denied.status == .code(3))
        #expect(denied.errors.contains("manage-realm") && denied.errors.contains("403"))
        let limited = try await scripts.run("status.sh", on: realm, environment: ["FAKE_DENY": "partial-export"])
        #expect(limited.status == .code(0), "\(limited.lines) \(limited.errors)")
        #expect(limited.lines.last?.hasPrefix("not seen with these rights") == true)
    }

    @Test("status says it as JSON, with the realm's own export cut down to the plan")
    func json() async throws {
        let realm = try FakeRealm()
        let run = try await KeycloakScripts().run("status.sh", ["--json"], on: realm)
        #expect(run.status == .code(1))
        let status = try JSON.parse(Array(run.lines.joined(separator: "\n").utf8))
        #expect(status["agrees"] == false && status["limited"] == false)
        #expect(status["realm"]?.string == "mcp" && status["version"]?.string == "26.7.3")
        #expect(status["steps"]?.array?.contains { $0["object"]?.string == "scope mcp.tools" } == true)
        #expect(status[pointer: "/live/clientScopes"]?.array?.count == 2)
    }

    @Test("a second policy of trusted hosts gets ours too, and one that was deleted is made again")
    func policies() async throws {
        let twice = try FakeRealm()
        try twice.change("\"providerId\": \"max-clients\"", to: "\"providerId\": \"trusted-hosts\"")
        #expect(try await KeycloakScripts().run(on: twice).status == .code(0))
        for policy in try twice.policies("trusted-hosts") {
            #expect(policy[pointer: "/config/trusted-hosts"]?.array?.contains("chatgpt.com") == true)
        }
        let gone = try FakeRealm()
        try gone.change("\"providerId\": \"trusted-hosts\"", to: "\"providerId\": \"gone\"")
        let run = try await KeycloakScripts().run(on: gone)
        #expect(run.status == .code(0), "\(run.errors)")
        #expect(run.lines.contains("create policy trusted-hosts (anonymous): it is missing"))
        #expect(try gone.policies("trusted-hosts").count == 1)
        #expect(try await KeycloakScripts().run(on: gone).verbs == ["unchanged"])
    }

    @Test("a scope moves between the realm's lists with the spec")
    func permanent() async throws {
        let realm = try FakeRealm()
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        let optional = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", default_scope: optional"))
        #expect(optional.compilation.diagnostics.map(\.code) == [])
        #expect(try await optional.run(on: realm).status == .code(0))
        #expect(try realm.state["defaultDefaultClientScopes"] == ["profile"])
        #expect(try realm.state["defaultOptionalClientScopes"] == ["mcp.tools"])
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        #expect(try realm.state["defaultOptionalClientScopes"] == [])
    }

    @Test(
        "a realm that tolerates all scopes gets an openid scope and stops advertising service_account; retire takes it back"
    )
    func tolerant() async throws {
        let realm = try FakeRealm()
        let before = Self.comparable(try realm.state)
        let scripts = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", tolerate_all_scopes: true"))
        #expect(try await scripts.run(on: realm).status == .code(0))
        #expect(try realm.scope("openid") != nil)
        #expect(try realm.state["defaultOptionalClientScopes"] == ["openid"])
        let hidden = try realm.scope("service_account")
        #expect(hidden?[pointer: "/attributes/include.in.openid.provider.metadata"]?.string == "false")
        #expect(hidden?[pointer: "/attributes/include.in.token.scope"]?.string == "false")
        #expect(try await scripts.run(on: realm).verbs == ["unchanged"])
        let retired = try await scripts.run("retire.sh", ["mcp", "--yes"], on: realm)
        #expect(retired.status == .code(0), "\(retired.lines) \(retired.errors)")
        #expect(Self.comparable(try realm.state) == before)
    }

    @Test("an audience for every client stands in the scope that all clients keep")
    func everyClient() async throws {
        let realm = try FakeRealm()
        try realm.change("\"name\": \"profile\"", to: "\"name\": \"basic\"")
        try realm.change("[\"profile\"]", to: "[\"basic\"]")
        let scripts = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", audience: every_client"))
        #expect(try await scripts.run(on: realm).status == .code(0))
        let mappers = try realm.scope("basic")?["protocolMappers"]?.array ?? []
        #expect(
            mappers.contains {
                $0[pointer: "/config/included.custom.audience"]?.string == "https://mcp.example.com/mcp"
            })
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        #expect(try realm.scope("basic")?["protocolMappers"] == [])
    }

    @Test("a trace, an unknown option, a missing secret and a wrong one are refused before anything is done")
    func refusals() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        for artifact in scripts.compilation.artifacts
        where artifact.mode == 0o700 && artifact.path != "keycloak/kcadm-rest" {
            let traced = try await ChildProcess.run(
                try Tool.dash.required(), ["-x", scripts.folder.file(artifact.path)],
                environment: ["PATH": "/usr/bin:/bin", "KC_CLI_CLIENT_SECRET": KeycloakScripts.secret])
            #expect(traced.exit == .code(2), "\(artifact.path)")
            #expect(!traced.errors.contains(KeycloakScripts.secret))
        }
        let usage = try await scripts.run("apply.sh", ["--force"], on: realm)
        #expect(usage.status == .code(2) && usage.errors.contains("usage: apply.sh [--dry-run]"), "\(usage.errors)")
        let missing = try await scripts.run(on: realm, environment: ["KC_CLI_CLIENT_SECRET": ""])
        #expect(missing.status == .code(3) && missing.errors.contains("KC_CLI_CLIENT_SECRET is not set"))
        #expect(try realm.calls.isEmpty)
        let wrong = try await scripts.run(on: realm, environment: ["KC_CLI_CLIENT_SECRET": "wrong"])
        #expect(wrong.status == .code(3) && wrong.errors.contains("the secret is wrong"), "\(wrong.errors)")
        let silent = try await scripts.run(
            on: realm, environment: ["FAKE_SILENT": "serverinfo", "KC_TIME_LIMIT": "1"])
        #expect(silent.status == .code(3) && silent.errors.contains("within 1 s"), "\(silent.errors)")
    }

    @Test("a server that cannot work is refused, and one that differs is said")
    func server() async throws {
        let realm = try FakeRealm()
        func run(_ version: String, _ features: String = "") async throws -> KeycloakScripts.Run {
            try realm.folder.write(
                "serverinfo.json", "{\"systemInfo\": {\"version\": \"\(version)\"}, \"features\": [\(features)]}")
            return try await KeycloakScripts().run(on: realm)
        }
        let old = try await run("24.0.2")
        #expect(old.status == .code(3) && old.lines.first?.hasPrefix("blocked server: it is Keycloak 24.0.2") == true)
        #expect(try realm.writes == 0)
        let other = try await run("26.5.6")
        #expect(other.status == .code(0))
        #expect(other.lines.first?.hasPrefix("warning server: it is Keycloak 26.5.6, and the spec says 26.7") == true)
        let documents = try await run("26.7.3", #"{"name": "CIMD", "enabled": true}"#)
        #expect(documents.lines.first?.contains("Client not found.") == true, "\(documents.lines)")
    }

    @Test("the scripts satisfy every reader of shell")
    func shells() async throws {
        let scripts = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", tolerate_all_scopes: true"))
        let files = scripts.compilation.artifacts.filter { $0.mode == 0o700 || $0.path.hasSuffix("lib.sh") }
        #expect(files.count == 10)
        for file in files {
            let path = scripts.folder.file(file.path)
            var checks: [(Tool, [String])] = [(.dash, ["-n", path]), (.bash, ["-n", path])]
            checks.append((.shellcheck, ["-x", "-s", "sh", "-S", "style", path]))
            for (tool, arguments) in checks where tool.isAvailable {
                let ended = try await ChildProcess.run(try tool.required(), arguments)
                #expect(ended.exit == .code(0) && ended.output.isEmpty, "\(tool.name): \(ended.output)\(ended.errors)")
            }
        }
    }

    @Test("a temporary default scope is refused, with the reason")
    func temporary() {
        let compilation = KeycloakScripts.compile(KeycloakScripts.spec(keycloak: ", default_scope: temporary"))
        #expect(compilation.diagnostics.map(\.code) == [.keycloakTemporaryScope])
        #expect(compilation.artifacts.isEmpty)
    }

    @Test("lines of the plan lead back to the spec")
    func provenance() throws {
        let scripts = try KeycloakScripts()
        let plan = try #require(scripts.compilation.artifacts.first { $0.path == "keycloak/plan.json" })
        let lines = try scripts.folder.read("keycloak/plan.json").split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(plan.provenance.allSatisfy { !$0.origins.isEmpty })
        let issuer = try #require(plan.provenance.first { lines[$0.lines.lowerBound - 1].contains("\"issuer\"") })
        #expect(issuer.origins.count == 1)
        #expect(lines.contains { $0.contains(#""clientId": "it's$(id)""#) })
    }

    // MARK: Looking into a realm

    /// No ids and no counter: what two ways to the same realm have in common.
    static func comparable(_ state: JSON) -> Set<String> {
        func plain(_ value: JSON) -> JSON {
            if let members = value.members {
                let kept = members.filter {
                    !["id", "next", "providerType"].contains($0.name) && !$0.name.hasPrefix("connectorgen.f")
                        && $0.value != [] && $0.value != .object([])
                }
                return .object(kept.map { JSONMember($0.name, plain($0.value)) }.sorted { $0.name < $1.name })
            }
            guard let items = value.array else { return value }
            let texts = items.map(plain).sorted {
                $0.encoded(.compact).lexicographicallyPrecedes($1.encoded(.compact))
            }
            return .array(texts)
        }
        let members = plain(state).members ?? []
        return Set(members.map { $0.name + String(decoding: $0.value.encoded(.compact), as: UTF8.self) })
    }
}
