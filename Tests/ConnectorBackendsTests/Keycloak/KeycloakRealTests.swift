import ConnectorBackends
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Foundation
import JSONSyntax
import OAuthModel
import TestSupport
import Testing
import WebSyntax

/// The scripts on a Keycloak that runs; `make keycloak-trial` starts both versions, one after the other.
@Suite(
    "the Keycloak scripts on a Keycloak",
    .enabled(if: Tool.kcadm.isAvailable, "KEYCLOAK_HOME and KEYCLOAK_URL name no server"), .serialized)
struct KeycloakRealTests {
    /// One connector, no browser.
    static let single = """
        version: 1
        name: farm
        issuer:
          url: https://auth.example.com/realms/mcp
          mode: external
          registration: [dcr, predefined]
        connectors:
          search:
            public_url: https://search.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: cid_search
            scopes: [mcp.search]
        clients: [chatgpt, claude]
        targets:
          keycloak: { realm: mcp, server: "http://127.0.0.1:5050", version: "26.7" }
        """

    @Test(
        "the shipped example applies with kcadm.sh, a second run changes nothing, and retire leaves the realm as it was"
    )
    func example() async throws {
        try await RealRealm.with("example") { realm in
            let before = realm.comparable(try await realm.export())
            let scripts = try realm.example()
            let jvm = ["KCADM": try Tool.kcadm.required()]
            let first = try await realm.run(scripts, "apply.sh", environment: jvm)
            #expect(first.exit == .code(0), "\(first.output)\(first.errors)")
            let second = try await realm.run(scripts, "apply.sh", environment: jvm)
            #expect(second.exit == .code(0))
            #expect(
                second.output.split(separator: "\n").allSatisfy {
                    $0.hasPrefix("unchanged ") || $0.hasPrefix("warning server")
                },
                "\(second.output)")
            for script in ["status.sh", "verify.sh"] {
                let run = try await realm.run(scripts, script)
                #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            }
            let client = try await realm.client("cid_d4f90b6e27c84a13a85f1c0e93b7d652")
            let redirects = client["redirectUris"]?.array?.compactMap(\.string) ?? []
            #expect(redirects.contains("https://chatgpt.com/connector/oauth/*"), "\(redirects)")

            let stranger = try await realm.run(try realm.example(("name: farm", "name: other")), "apply.sh")
            #expect(stranger.exit == .code(3))
            #expect(
                stranger.output.contains("blocked scope mcp.search: it belongs to farm/search"), "\(stranger.output)")

            for connector in ["search", "files", "vault"] {
                let run = try await realm.run(scripts, "retire.sh", connector, "--yes")
                #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            }
            #expect(realm.comparable(try await realm.export()) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: realm.scratch()).isEmpty)
        }
    }

    @Test("the server's export holds the plan field by field")
    func fields() async throws {
        try await RealRealm.with("fields") { realm in
            let scripts = try realm.scripts(Self.single)
            #expect(try await realm.run(scripts, "apply.sh").exit == .code(0))
            let plan = try JSON.parse(Array(try scripts.folder.read("keycloak/plan.json").utf8))
            let export = try await realm.export()
            for scope in plan["scopes"]?.array ?? [] {
                let found = export["clientScopes"]?.array?.first { $0["name"] == scope["name"] }
                try Self.expect(found, holds: scope)
            }
            for client in plan["clients"]?.array ?? [] {
                var members = client.members ?? []
                members.removeAll { $0.name == "defaultClientScopes" }
                let found = try #require(export["clients"]?.array?.first { $0["clientId"] == client["clientId"] })
                try Self.expect(found, holds: .object(members))
                let scopes = Set(found["defaultClientScopes"]?.array?.compactMap(\.string) ?? [])
                #expect(scopes.isSuperset(of: client["defaultClientScopes"]?.array?.compactMap(\.string) ?? []))
            }
            #expect(export["defaultDefaultClientScopes"]?.array?.contains("mcp.search") == true)
        }
    }

    /// Every member that was wanted is there, lists and sets of mappers in any order, and mappers hold nothing else.
    private static func expect(_ found: JSON?, holds wanted: JSON) throws {
        for member in wanted.members ?? [] {
            let value = found?[member.name]
            if member.name == "protocolMappers" {
                #expect(value?.array?.count ?? 0 == member.value.array?.count)
                for mapper in member.value.array ?? [] {
                    try expect(value?.array?.first { $0["name"] == mapper["name"] }, holds: mapper)
                }
            } else if let items = member.value.array {
                #expect(Set(value?.array ?? []) == Set(items), "\(member.name)")
            } else if let members = member.value.members {
                for inner in members { #expect(value?[inner.name] == inner.value, "\(member.name).\(inner.name)") }
            } else {
                #expect(value == member.value, "\(member.name)")
            }
        }
    }

    @Test("stopped before any call, the next run ends in the same realm")
    func interruption() async throws {
        var expected: Set<String>?
        var calls = 1
        var stop = 0
        while stop <= calls {
            try await RealRealm.with("stop\(stop)") { realm in
                let scripts = try realm.scripts(Self.single)
                let first = try await realm.run(scripts, "apply.sh", environment: ["STOP_AT": "\(stop)"])
                #expect(first.exit == .code(stop == 0 ? 0 : 3), "\(stop): \(first.errors)")
                if stop == 0 {
                    calls = try realm.calls
                    #expect(calls <= 9, "an empty realm takes \(calls) calls")
                    #expect(try await realm.run(scripts, "apply.sh").exit == .code(0))
                    #expect(try realm.calls <= 3)
                } else {
                    let again = try await realm.run(scripts, "apply.sh")
                    #expect(again.exit == .code(0), "\(stop): \(again.errors)")
                }
                let state = realm.comparable(try await realm.export()).map { $0.replacing(realm.name, with: "R") }
                if let expected { #expect(Set(state) == expected, "\(stop)") } else { expected = Set(state) }
            }
            stop += 1
        }
    }

    @Test("what a person changed of ours is seen, by lint in an export too, and put right, and what is not ours stays")
    func edited() async throws {
        try await RealRealm.with("edited") { realm in
            let scripts = try realm.scripts(Self.single)
            #expect(try await realm.run(scripts, "apply.sh").exit == .code(0))
            let agreed = realm.comparable(try await realm.export())
            for edit in RealmEdit.allCases {
                try await edit.apply(to: realm)
                let status = try await realm.run(scripts, "status.sh")
                #expect(status.exit == .code(1), "\(edit): \(status.output)")
                #expect(try await !realm.drift(from: scripts).isEmpty, "\(edit)")
                let applied = try await realm.run(scripts, "apply.sh")
                #expect(applied.exit == .code(0), "\(edit): \(applied.output)\(applied.errors)")
                let export = realm.comparable(try await realm.export())
                #expect(export == agreed, "\(edit): \(export.subtracting(agreed).map { $0.prefix(2000) })")
                let again = try await realm.run(scripts, "apply.sh", "--dry-run")
                #expect(again.exit == .code(0), "\(edit): \(again.output)")
                #expect(try await realm.drift(from: scripts) == [], "\(edit)")
            }
        }
    }

    @Test("a realm of others keeps its scopes, hosts and policies, and gets ours beside them")
    func guest() async throws {
        try await RealRealm.with("guest") { realm in
            try await realm.call("create", "client-scopes", body: ["name": "theirs", "protocol": "openid-connect"])
            let hosts = try await realm.policy("trusted-hosts")
            let id = try #require(hosts["id"]?.string)
            let listed = hosts.setting("config", "trusted-hosts", to: ["theirs.example.org"])
            try await realm.call("update", "components/\(id)", body: listed)
            try await realm.call(
                "create", "components",
                body: listed.setting("name", to: "Second").setting(
                    "config", "trusted-hosts", to: ["second.example.org"]
                )
                .setting("id", to: .null))
            let before = realm.comparable(try await realm.export())
            let scripts = try realm.scripts(Self.single)
            let applied = try await realm.run(scripts, "apply.sh")
            #expect(applied.exit == .code(0), "\(applied.output)\(applied.errors)")
            let verified = try await realm.run(scripts, "verify.sh")
            #expect(verified.exit == .code(0), "\(verified.output)\(verified.errors)")
            #expect(try await realm.run(scripts, "retire.sh", "search", "--yes").exit == .code(0))
            #expect(realm.comparable(try await realm.export()) == before)
        }
    }

    @Test("a kcadm.sh in a container, which sees none of our files, does all of it")
    func container() async throws {
        try await RealRealm.with("contained") { realm in
            let scripts = try realm.scripts(Self.single)
            let inside = ["CONTAINED": "yes", "KC_CONFIG": realm.folder.file("inside/kcadm.config")]
            let steps: [(script: String, arguments: [String])] = [
                ("apply.sh", []), ("status.sh", []), ("verify.sh", []), ("retire.sh", ["search", "--yes"]),
            ]
            for (script, arguments) in steps {
                let run = try await realm.run(scripts, script, arguments, environment: inside)
                #expect(run.exit == .code(0), "\(script): \(run.output)\(run.errors)")
            }
        }
    }

    @Test("a spec without dcr leaves the realm's registration as it was")
    func closed() async throws {
        try await RealRealm.with("closed") { realm in
            let policies = realm.comparable(try await realm.export()).filter { $0.hasPrefix("components") }
            let scripts = try realm.example(
                ("registration: [predefined, dcr]", "registration: [predefined]"), ("default_scope: optional", ""))
            let run = try await realm.run(scripts, "apply.sh")
            #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            #expect(!run.output.contains("open "), "\(run.output)")
            #expect(realm.comparable(try await realm.export()).filter { $0.hasPrefix("components") } == policies)
            let verified = try await realm.run(scripts, "verify.sh")
            #expect(verified.exit == .code(0) && verified.output.contains("ok no client registers itself"))
        }
    }

    @Test("a service account with the least rights does all of it, made by bootstrap")
    func leastRights() async throws {
        try await RealRealm.with("least") { realm in
            let scripts = try KeycloakScripts(
                Self.single.replacing("realm: mcp,", with: "realm: \(realm.name),")
                    .replacing("/realms/mcp", with: "/realms/\(realm.name)"))
            let secret = realm.folder.file("secret")
            let made = try await realm.run(scripts, "bootstrap.sh", environment: ["KC_SECRET_FILE": secret])
            #expect(made.exit == .code(0), "\(made.output)\(made.errors)")
            let account = ["KC_ADMIN_USER": "", "KC_CLI_PASSWORD": "", "KC_SECRET_FILE": secret]
            for script in ["apply.sh", "status.sh", "verify.sh", "prune.sh"] {
                let run = try await realm.run(scripts, script, environment: account)
                #expect(run.exit == .code(0), "\(script): \(run.output)\(run.errors)")
            }
            // Taken away again, what is missing is named.
            let client = try await realm.client("connectorgen")
            let user = try await realm.call("get", "clients/\(client["id"]?.string ?? "")/service-account-user")
            try await realm.call("delete", "users/\(user["id"]?.string ?? "")")
            let refused = try await realm.run(scripts, "apply.sh", environment: account)
            #expect(refused.exit == .code(3), "\(refused.output)\(refused.errors)")
        }
    }

    @Test("a wrong secret, a missing realm, a server that is away or silent: each is said, and ends")
    func failures() async throws {
        try await RealRealm.with("failures") { realm in
            let scripts = try realm.scripts(Self.single)
            let cases: [(environment: [String: String], said: String)] = [
                (["KC_CLI_PASSWORD": "wrong"], "the secret is wrong"),
                (["KC_ADMIN_REALM": "nowhere"], "no realm"),
                (["KC_SERVER": "http://127.0.0.1:9"], "nothing answers at http://127.0.0.1:9"),
                (["KC_SERVER": "http://nowhere.invalid"], "is not known"),
                (["KC_SERVER": realm.server + "/elsewhere"], "base path"),
            ]
            for (environment, said) in cases {
                for tool in [RealRealm.rest, try Tool.kcadm.required()] {
                    let run = try await realm.run(
                        scripts, "apply.sh", environment: environment.merging(["KCADM": tool]) { $1 })
                    #expect(run.exit == .code(3), "\(environment)")
                    #expect(run.errors.contains(said), "\(environment) \(tool): \(run.errors)")
                }
            }
            let other = try KeycloakScripts(
                Self.single.replacing("realm: mcp,", with: "realm: nowhere, admin_realm: master,")
                    .replacing("/realms/mcp", with: "/realms/nowhere"))
            let missing = try await realm.run(other, "apply.sh")
            #expect(missing.exit == .code(3) && missing.errors.contains("no realm nowhere"), "\(missing.errors)")
        }
    }

    @Test("every profile of the catalogue registers as it does, gets the audience, and comes back to its redirects")
    func profiles() async throws {
        try await RealRealm.with("profiles") { realm in
            let names = ClientCatalogue.builtin.names.joined(separator: ", ")
            let scripts = try realm.scripts(
                Self.single.replacing("clients: [chatgpt, claude]", with: "clients: [\(names)]"))
            // An example token is somebody's.
            try await realm.call("create", "users", body: ["username": "someone", "enabled": true])
            #expect(try await realm.run(scripts, "apply.sh").exit == .code(0))
            let run = try await realm.run(scripts, "verify.sh")
            #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            for name in ClientCatalogue.builtin.names {
                #expect(run.output.contains("ok \(name) registers without scope"), "\(name)")
            }
            #expect(run.output.contains("asks for \"openid\": the audience is there"), "\(run.output)")
            let left = try await realm.export()["clients"]?.array?.contains {
                $0["name"]?.string == "connectorgen-smoke"
            }
            #expect(left == false)
        }
    }

    @Test(
        "a realm that is made from the realm file agrees with the plan", arguments: ["", ", tolerate_all_scopes: true"])
    func realmFile(_ more: String) async throws {
        try await RealRealm.with("file") { realm in
            let scripts = try realm.scripts(
                Self.single.replacing(
                    "version: \"26.7\" }", with: "version: \"26.7\", outputs: [kcadm, realm]\(more) }"
                )
                .replacing("[chatgpt, claude]", with: "[chatgpt, claude, inspector]"))
            let file = try JSON.parse(Array(try scripts.folder.read("keycloak/realm.json").utf8))
            let fresh = try await realm.export()
            try await realm.call("delete", "realms/\(realm.name)")
            try await realm.call("create", "realms", body: file)
            let status = try await realm.run(scripts, "apply.sh", "--dry-run")
            #expect(status.exit == .code(0), "\(status.output)\(status.errors)")
            let verified = try await realm.run(scripts, "verify.sh")
            #expect(verified.exit == .code(0), "\(verified.output)\(verified.errors)")
            // What a new realm has is in the file as the server has it.
            let scopes = Set(fresh["clientScopes"]?.array?.compactMap { $0["name"]?.string } ?? [])
            let inFile = Set(file["clientScopes"]?.array?.compactMap { $0["name"]?.string } ?? [])
            #expect(inFile.subtracting(scopes).isSubset(of: ["mcp.search", "openid"]) && scopes.isSubset(of: inFile))
            let retired = try await realm.run(scripts, "retire.sh", "search", "--yes")
            #expect(retired.exit == .code(0), "\(retired.output)\(retired.errors)")
        }
    }

    @Test("a token of a client of others never has our audience")
    func unrelated() async throws {
        try await RealRealm.with("unrelated") { realm in
            try await realm.call(
                "create", "clients", body: ["clientId": "theirs", "redirectUris": ["https://theirs.example.org/cb"]])
            try await realm.call("create", "users", body: ["username": "someone", "enabled": true])
            let scripts = try realm.scripts(Self.single)
            #expect(try await realm.run(scripts, "apply.sh").exit == .code(0))
            let user = try #require(try await realm.call("get", "users").array?.first?["id"]?.string)
            let client = try #require(try await realm.client("theirs")["id"]?.string)
            for scope in ["", "openid", "openid profile email address phone roles web-origins"] {
                let token = try await realm.call(
                    "get", "clients/\(client)/evaluate-scopes/generate-example-access-token", "-q", "scope=\(scope)",
                    "-q",
                    "userId=\(user)")
                let text = String(decoding: token.encoded(.compact), as: UTF8.self)
                #expect(!text.contains("search.example.com") && !text.contains("connectorgen"), "\(scope): \(text)")
            }
        }
    }

    @Test("Keycloak takes what the compiler takes, and refuses what it refuses")
    func grammar() async throws {
        try await RealRealm.with("grammar") { realm in
            func isTaken(_ endpoint: String, _ body: JSON) async -> Bool {
                (try? await realm.attempt("create", endpoint, body: body)) == true
            }
            func named(_ length: Int) -> JSON { .string(String(repeating: "x", count: length)) }
            for (text, match) in [
                ("https://chatgpt.com/connector/oauth/{id}", RedirectMatch.pattern),
                ("http://127.0.0.1:3334/callback", .loopback), ("http://localhost/cb/{id}", .loopbackPattern),
                ("cursor://anysphere.cursor-mcp/oauth/callback", .exact), ("https://claude.ai/cb?a=b", .exact),
            ] {
                let redirect = try KeycloakRedirect(text, match: match).text
                #expect(
                    await isTaken("clients", ["clientId": .string(redirect), "redirectUris": [.string(redirect)]]),
                    "\(redirect)")
            }
            for text in [
                "https://a.example.com/{id}", "https://a.example.com/a b", "https://a.example.com/#x", "javascript:x",
            ] {
                #expect(
                    await !isTaken("clients", ["clientId": .string("no " + text), "redirectUris": [.string(text)]]),
                    "\(text)")
            }
            let longest = KeycloakGrammar.nameLength
            for (length, taken) in [(longest, true), (longest + 1, false)] {
                #expect(await isTaken("client-scopes", ["name": named(length), "protocol": "openid-connect"]) == taken)
                #expect(await isTaken("clients", ["clientId": named(length)]) == taken)
            }
            let attribute = KeycloakGrammar.scopeAttributeLength
            for (length, taken) in [(attribute, true), (attribute + 1, false)] {
                let body: JSON = [
                    "name": .string("a\(length)"), "protocol": "openid-connect", "attributes": ["long": named(length)],
                ]
                #expect(await isTaken("client-scopes", body) == taken, "\(length)")
            }
            for character in [":", "/", "?", "#", "@", "!", "$", "&", "(", "*", "+", ",", ";", "=", "[", "\\"] {
                let name = "\(realm.name)\(character)x"
                #expect(await !isTaken("realms", ["realm": .string(name)]), "\(name)")
                #expect(throws: InvalidValue.self) { try RealmName(parsing: name) }
            }
            let name = "\(realm.name)_My.Realm~1"
            #expect(throws: Never.self) { try RealmName(parsing: name) }
            #expect(await isTaken("realms", ["realm": .string(name)]))
            try await realm.call("delete", "realms/\(name)")
        }
    }

    @Test("an audience for every client reaches those that register with scopes of others")
    func everyClient() async throws {
        try await RealRealm.with("every") { realm in
            try await realm.call("create", "users", body: ["username": "someone", "enabled": true])
            let before = realm.comparable(try await realm.export())
            let scripts = try realm.scripts(
                Self.single.replacing("version: \"26.7\" }", with: "version: \"26.7\", audience: every_client }"))
            #expect(try await realm.run(scripts, "apply.sh").exit == .code(0))
            let run = try await realm.run(scripts, "verify.sh")
            #expect(run.output.contains("asks for \"profile email\": the audience is there"), "\(run.output)")
            #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
            #expect(try await realm.run(scripts, "retire.sh", "search", "--yes").exit == .code(0))
            #expect(realm.comparable(try await realm.export()) == before)
        }
    }
}
