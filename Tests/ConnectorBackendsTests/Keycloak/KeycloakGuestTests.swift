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
        try realm.change("\"clientScopes\": [", to: "\"clientScopes\": [\(scope),")
        return realm
    }

    private static func scope(_ attributes: String = "{}", protocol name: String = "openid-connect") -> String {
        """
        {"id": "s-theirs", "name": "mcp.tools", "protocol": "\(name)", "attributes": \(attributes), "protocolMappers": [
          {"id": "m-1", "name": "theirs", "protocolMapper": "oidc-hardcoded-claim-mapper", "config": {}}]}
        """
    }

    @Test("no audience goes into a client scope that is not marked as ours, unless it is adopted")
    func foreignScope() async throws {
        let realm = try Self.realm(scope: Self.scope())
        let before = try realm.state
        let run = try await KeycloakScripts().run(on: realm)
        #expect(run.status == .code(3))
        #expect(run.lines.count == 1 && run.lines[0].hasPrefix("blocked scope mcp.tools: "), "\(run.lines)")
        #expect(run.lines[0].contains("apply.sh --adopt"))
        #expect(try realm.state == before && realm.writes == 0)
        let adopted = try await KeycloakScripts().run("apply.sh", ["--adopt"], on: realm)
        #expect(adopted.status == .code(0), "\(adopted.errors)")
        let scope = try realm.scope("mcp.tools")
        #expect(scope?[pointer: "/attributes/connectorgen.owner"]?.string == "farm/mcp")
        #expect(scope?["protocolMappers"]?.array?.contains { $0["name"]?.string == "theirs" } == false)
        #expect(try await KeycloakScripts().run(on: realm).verbs == ["unchanged"])
    }

    @Test(
        "what belongs to another deployment, or to another protocol, cannot be adopted",
        arguments: [scope(#"{"connectorgen.owner": "other/mcp"}"#), scope(protocol: "saml")])
    func othersScope(_ scope: String) async throws {
        let realm = try Self.realm(scope: scope)
        let run = try await KeycloakScripts().run("apply.sh", ["--adopt"], on: realm)
        #expect(run.status == .code(3))
        #expect(run.lines.first?.hasPrefix("blocked scope mcp.tools: it ") == true, "\(run.lines)")
        #expect(try realm.writes == 0)
    }

    @Test("a scope with our mark is ours, also of a connector that was renamed")
    func ownScope() async throws {
        let realm = try Self.realm(scope: Self.scope(#"{"connectorgen.owner": "farm/earlier", "theirs": "x"}"#))
        #expect(try await KeycloakScripts().run(on: realm).status == .code(0))
        let scope = try realm.scope("mcp.tools")
        #expect(scope?[pointer: "/attributes/connectorgen.owner"]?.string == "farm/mcp")
        #expect(scope?[pointer: "/attributes/theirs"] == nil)
        #expect(try await KeycloakScripts().run(on: realm).verbs == ["unchanged"])
    }

    @Test("clients of ours are compared whole, also what must be absent")
    func editedClient() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        #expect(try await scripts.run(on: realm).status == .code(0))
        let agreed = try realm.client("mcp-static")
        for edit in [
            (#""directAccessGrantsEnabled": false"#, #""directAccessGrantsEnabled": true"#),
            (#""fullScopeAllowed": false"#, #""fullScopeAllowed": true"#), (#""enabled": true"#, #""enabled": false"#),
            (
                #""connectorgen.owner": "farm/mcp""#,
                #""connectorgen.owner": "farm/mcp", "post.logout.redirect.uris": "*""#
            ),
            ("\"redirectUris\": [\n", "\"redirectUris\": [\"*\",\n"),
        ] {
            try realm.change(edit.0, to: edit.1)
            #expect(try await scripts.run("status.sh", on: realm).status == .code(1), "\(edit)")
            #expect(try await scripts.run(on: realm).status == .code(0))
            #expect(try await scripts.run(on: realm).verbs == ["unchanged"], "\(edit)")
        }
        #expect(try realm.client("mcp-static")?["redirectUris"] == agreed?["redirectUris"])
    }

    @Test("clients that registered before are listed, and get the scope when they are to")
    func existingClients() async throws {
        let realm = try FakeRealm()
        try realm.change(
            "\"clients\": [",
            to: """
                "clients": [{"id": "c-2", "clientId": "11111111-2222-3333-4444-555555555555", "name": "old",
                 "consentRequired": true, "redirectUris": ["https://chatgpt.com/cb"], "defaultClientScopes": ["profile"],
                 "optionalClientScopes": ["mcp.tools"]},
                """)
        let first = try await KeycloakScripts().run(on: realm)
        #expect(first.status == .code(0))
        #expect(first.lines.contains { $0.hasPrefix("warning client 11111111-2222") }, "\(first.lines)")
        let attached = try await KeycloakScripts().run("apply.sh", ["--attach-existing"], on: realm)
        #expect(attached.status == .code(0), "\(attached.errors)")
        let client = try realm.client("11111111-2222-3333-4444-555555555555")
        #expect(client?["defaultClientScopes"]?.array?.contains("mcp.tools") == true)
        #expect(client?["optionalClientScopes"] == [])
    }

    @Test("a realm's scopes and policies stay as they are where the spec offers no dcr")
    func closed() async throws {
        let realm = try FakeRealm()
        let before = try realm.state
        let scripts = try KeycloakScripts(KeycloakScripts.spec(registration: "[predefined]"))
        let first = try await scripts.run(on: realm)
        #expect(first.status == .code(0), "\(first.errors)")
        let after = try realm.state
        for part in [
            "components", "attributes", "clientProfiles", "clientPolicies", "defaultDefaultClientScopes",
            "defaultOptionalClientScopes",
        ] {
            #expect(after[part] == before[part], "\(part)")
        }
        for id in ["mcp-static", "it's$(id)"] {
            #expect(try realm.client(id)?["defaultClientScopes"]?.array?.contains("mcp.tools") == true)
        }
        #expect(try await scripts.run(on: realm).verbs == ["unchanged"])
    }

    @Test(
        "status says when a realm is open that the spec does not open, and it is no difference",
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
        let scripts = try KeycloakScripts(KeycloakScripts.spec(registration: "[predefined]"))
        try realm.change(old, to: new)
        #expect(try await scripts.run(on: realm).status == .code(0))
        let status = try await scripts.run("status.sh", on: realm)
        #expect(status.status == .code(0), "\(status.lines) \(status.errors)")
        #expect(status.lines.contains { $0.hasPrefix("open ") } == isOpen, "\(status.lines)")
    }

    @Test("two connectors share a realm; one that leaves the spec is named, and goes by retire")
    func retirement() async throws {
        let second = """
              files:
                public_url: https://files.example.com/mcp
                upstream: http://127.0.0.1:3931
                client_id: files-static
                scopes: [mcp.files]
            """
        let realm = try FakeRealm()
        let alone = try KeycloakScripts(KeycloakScripts.spec(keycloak: ", default_scope: optional"))
        #expect(try await alone.run(on: realm).status == .code(0))
        let before = KeycloakApplyTests.comparable(try realm.state)
        let both = try KeycloakScripts(KeycloakScripts.spec(connector: second))
        #expect(try await both.run(on: realm).status == .code(0))
        #expect(try realm.scope("mcp.files") != nil)

        let left = try await alone.run("status.sh", on: realm)
        #expect(left.status == .code(1))
        #expect(left.lines.contains { $0.contains("stale") && $0.contains("sh retire.sh files") }, "\(left.lines)")
        #expect(try await alone.run("retire.sh", ["files"], on: realm).status == .code(1))
        #expect(try realm.scope("mcp.files") != nil)
        let retired = try await both.run("retire.sh", ["files", "--yes"], on: realm)
        #expect(retired.status == .code(0), "\(retired.lines) \(retired.errors)")
        #expect(KeycloakApplyTests.comparable(try realm.state) == before)
        #expect(
            try await alone.run("retire.sh", ["files", "--yes"], on: realm).lines.first?.hasPrefix("unchanged") == true)
    }

    @Test("a spec without dcr needs no trusted hosts")
    func noHosts() throws {
        let text = KeycloakScripts.spec(registration: "[predefined]").replacing(
            "trusted_hosts: [chatgpt.com, claude.ai]", with: "")
        let scripts = try KeycloakScripts(text)
        #expect(!scripts.compilation.diagnostics.hasErrors, "\(scripts.compilation.diagnostics.map(\.message))")
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
