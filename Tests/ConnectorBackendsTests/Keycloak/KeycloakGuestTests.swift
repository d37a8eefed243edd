import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import JSONSyntax
import TestSupport
import Testing

/// What the scripts leave alone: scopes and policies of the realm that are not ours to change.
@Suite(
    "the Keycloak scripts in a realm of others",
    .enabled(if: Tool.jq.isAvailable && Tool.dash.isAvailable, "jq or dash is not installed"))
struct KeycloakGuestTests {
    /// A realm that has this client scope already.
    private static func realm(scope: String) throws -> FakeRealm {
        let realm = try FakeRealm()
        let text = try realm.folder.read("realm.json")
        try realm.folder.write(
            "realm.json", text.replacing("\"client-scopes\": [", with: "\"client-scopes\": [\(scope),"))
        return realm
    }

    private static func scope(attributes: String = "{}", mappers: String = "[]") -> String {
        """
        {"id": "s-theirs", "name": "mcp.tools", "protocol": "openid-connect", "attributes": \(attributes),
         "protocolMappers": \(mappers)}
        """
    }

    private static func mapper(_ audience: String, type: String = "oidc-audience-mapper") -> String {
        """
        {"id": "m-1", "name": "mcp-audience", "protocolMapper": "\(type)",
         "config": {"included.custom.audience": "\(audience)", "access.token.claim": "true", "id.token.claim": "false",
                    "introspection.token.claim": "true"}}
        """
    }

    @Test(
        "no audience goes into a client scope that is not marked as ours",
        arguments: [
            scope(), scope(attributes: #"{"connectorgen.owner": "other/mcp"}"#),
            scope(mappers: #"[{"id": "m", "name": "email", "protocolMapper": "oidc-usermodel-attribute-mapper"}]"#),
            scope(mappers: "[\(mapper("https://other.example.com/mcp"))]"),
            scope(mappers: "[\(mapper("https://mcp.example.com/mcp", type: "oidc-hardcoded-claim-mapper"))]"),
        ])
    func foreignScope(_ scope: String) async throws {
        let realm = try Self.realm(scope: scope)
        let before = try realm.state
        let run = try await KeycloakScripts().run(on: realm)
        #expect(run.status == .code(3))
        #expect(run.lines == ["blocked scope mcp.tools"])
        #expect(run.errors.contains("connectorgen.owner = farm/mcp"), "\(run.errors)")
        #expect(try realm.state == before && realm.writes == 0)
    }

    @Test(
        "a scope with our mark is ours, also of a connector that was renamed, and so is one of the time before marks",
        arguments: [
            scope(attributes: #"{"connectorgen.owner": "farm/earlier"}"#),
            scope(mappers: "[\(mapper("https://mcp.example.com/mcp"))]"),
        ])
    func ownScope(_ scope: String) async throws {
        let realm = try Self.realm(scope: scope)
        let run = try await KeycloakScripts().run(on: realm)
        #expect(run.status == .code(0), "\(run.errors)")
        #expect(run.lines.first == "update scope mcp.tools")
        let marked = try realm.state["client-scopes"]?.array?.first { $0["name"]?.string == "mcp.tools" }
        #expect(marked?[pointer: "/attributes/connectorgen.owner"]?.string == "farm/mcp")
        #expect(try await KeycloakScripts().run(on: realm).verbs == ["unchanged"])
    }

    @Test("a realm's scopes and policies stay as they are where the spec offers no dcr")
    func closed() async throws {
        let realm = try FakeRealm()
        let before = try realm.state
        let scripts = try KeycloakScripts(KeycloakScripts.spec(registration: "[predefined]"))
        let first = try await scripts.run(on: realm)
        #expect(first.status == .code(0), "\(first.errors)")
        let after = try realm.state
        for list in ["components", "default-default-client-scopes", "default-optional-client-scopes"] {
            #expect(after[list] == before[list], "\(list)")
        }
        let clients = after["clients"]?.array?.filter { $0["defaultClientScopes"] != nil } ?? []
        #expect(clients.count == 2)
        #expect(clients.allSatisfy { $0["defaultClientScopes"] == ["profile", "mcp.tools"] })
        let second = try await scripts.run(on: realm)
        #expect(second.verbs == ["unchanged"], "\(second.lines)")
    }

    @Test("status says when a realm is open that the spec does not open, and it is no difference")
    func open() async throws {
        let realm = try FakeRealm()
        // A spec with dcr opens it first.
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        let scripts = try KeycloakScripts(KeycloakScripts.spec(registration: "[predefined]"))
        let components = try realm.state["components"]
        let status = try await scripts.run("status.sh", on: realm)
        #expect(status.status == .code(0), "\(status.lines) \(status.errors)")
        #expect(status.lines.contains { $0.hasPrefix("open anonymous registration: ") }, "\(status.lines)")
        #expect(status.errors.contains("Host Sending Client Registration Request Must Match"))
        #expect(try realm.state["components"] == components)
    }

    @Test(
        "a realm without the policy, or whose policy checks no sender, is open; one without hosts is not",
        arguments: [
            (#""providerId": "trusted-hosts""#, #""providerId": "gone""#, true),
            (
                #"{"host-sending-registration-request-must-match": ["true"]"#,
                #"{"host-sending-registration-request-must-match": ["false"]"#, true
            ),
            (#""trusted-hosts": ["foreign.example.org"]"#, #""trusted-hosts": []"#, false),
        ])
    func policies(_ old: String, _ new: String, _ isOpen: Bool) async throws {
        let realm = try FakeRealm()
        let text = try realm.folder.read("realm.json")
        try #require(text.contains(old))
        try realm.folder.write("realm.json", text.replacing(old, with: new))
        let scripts = try KeycloakScripts(KeycloakScripts.spec(registration: "[predefined]"))
        let status = try await scripts.run("status.sh", on: realm)
        #expect(status.lines.contains { $0.hasPrefix("open ") } == isOpen, "\(status.lines)")
    }

    @Test("a spec without dcr needs no trusted hosts, and its scripts satisfy every reader of shell")
    func shells() async throws {
        let text = KeycloakScripts.spec(registration: "[predefined]").replacing(
            "trusted_hosts: [chatgpt.com, claude.ai]", with: "")
        let scripts = try KeycloakScripts(text)
        #expect(!scripts.compilation.diagnostics.hasErrors, "\(scripts.compilation.diagnostics.map(\.message))")
        for script in ["apply.sh", "verify.sh"] where Tool.shellcheck.isAvailable {
            let path = scripts.folder.file("keycloak/\(script)")
            let ended = try await ChildProcess.run(
                try Tool.shellcheck.required(), ["-s", "sh", "-S", "style", path])
            #expect(ended.exit == .code(0), "\(ended.output)")
        }
    }

    @Test("a name that Keycloak's database cannot hold is an error of the build")
    func longNames() {
        func findings(_ count: Int) -> [DiagnosticCode] {
            KeycloakScripts.compile(
                KeycloakScripts.spec().replacing(
                    "label: static", with: "label: \(String(repeating: "x", count: count))")
            ).diagnostics.map(\.code)
        }
        #expect(findings(256) == [.keycloakValueUnrepresentable])
        #expect(findings(255).isEmpty)
    }
}
