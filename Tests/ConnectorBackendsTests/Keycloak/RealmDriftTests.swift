import ConnectorChecks
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import JSONSyntax
import TestSupport
import Testing

/// `lint --keycloak` and the scripts compare a realm by the same values; these tests hold the two comparisons together.
@Suite("a realm that is not as the spec has it")
struct RealmDriftTests {
    private static let drift = ["create", "update", "delete", "stale", "blocked"]

    /// What is done to a realm that agrees.
    private static let edits: [(name: String, changes: [(old: String, new: String)])] = [
        ("nothing", []),
        ("an attribute", [(#""include.in.token.scope":"true""#, #""include.in.token.scope":"false""#)]),
        (
            "an attribute more",
            [(#""include.in.token.scope":"true""#, #""include.in.token.scope":"true","gui.order":"1""#)]
        ),
        ("the mark of another", [(#""connectorgen.owner":"farm/mcp"}"#, #""connectorgen.owner":"other/mcp"}"#)]),
        ("no mark", [(#","connectorgen.owner":"farm/mcp"}"#, "}")]),
        ("a mapper of another name", [(#""name":"mcp-audience""#, #""name":"theirs""#)]),
        (
            "an audience",
            [(#""included.custom.audience":"https://mcp.example.com/mcp""#, #""included.custom.audience":"x""#)]
        ),
        (
            "a redirect",
            [(#""redirectUris":["https://chatgpt.com"#, #""redirectUris":["https://x.example","https://chatgpt.com"#)]
        ),
        ("a flow", [(#""directAccessGrantsEnabled":false"#, #""directAccessGrantsEnabled":true"#)]),
        ("a base URL", [(#""bearerOnly":false"#, #""bearerOnly":false,"baseUrl":"https://x.example""#)]),
        ("an old client", [(#""clientId":"mcp-static""#, #""clientId":"mcp-old""#)]),
        ("a host", [(#""chatgpt.com","#, "")]),
        (
            "the sender",
            [
                (
                    #""host-sending-registration-request-must-match":["false"]"#,
                    #""host-sending-registration-request-must-match":["true"]"#
                )
            ]
        ),
        (
            "no list",
            [(#""defaultDefaultClientScopes":["profile","mcp.tools"]"#, #""defaultDefaultClientScopes":["profile"]"#)]
        ),
        ("the other list", [(#""defaultOptionalClientScopes":[]"#, #""defaultOptionalClientScopes":["mcp.tools"]"#)]),
        // All of it may have been there before: nothing is known to be ours, and nothing is missing.
        ("no record", [(#""connectorgen.farm""#, #""else.farm""#)]),
        ("another record", [(#"\"mcp.example.com\","#, #"\"left.example\",\"mcp.example.com\","#)]),
        (
            "a recorded host",
            [
                (#"\"mcp.example.com\","#, #"\"left.example\",\"mcp.example.com\","#),
                (#""trusted-hosts":["#, #""trusted-hosts":["left.example","#),
            ]
        ),
        ("a profile", [(#""auto-configure":true"#, #""auto-configure":false"#)]),
        (
            "a policy less",
            [
                (
                    #""name":"connectorgen:farm:registered","description":"Clients that register themselves must use PKCE","enabled":true"#,
                    #""name":"connectorgen:farm:gone","enabled":true"#
                )
            ]
        ),
        ("a deleted policy", [(#""providerId":"trusted-hosts""#, #""providerId":"gone""#)]),
        ("no scope of the client", [(#""mcp.tools"],"optionalClientScopes""#, #""profile"],"optionalClientScopes""#)]),
    ]

    @Test("lint finds in an export what the scripts find in the realm, object by object")
    func same() async throws {
        let realm = try FakeRealm()
        let scripts = try KeycloakScripts()
        #expect(try await scripts.run(on: realm).status == .code(0))
        let status = try await scripts.run("status.sh", ["--json"], on: realm)
        let json = try JSON.parse(Array(status.lines.joined(separator: "\n").utf8))
        let agreeing = String(decoding: try #require(json["live"]).encoded(.compact), as: UTF8.self)
        for (name, changes) in Self.edits {
            var live = agreeing
            for (old, new) in changes {
                try #require(live.contains(old), "\(name): \(live)")
                live = live.replacing(old, with: new, maxReplacements: 1)
            }
            try await compare(live, scripts, in: realm, name, agrees: ["nothing", "no record"].contains(name))
        }
    }

    private func compare(
        _ live: String, _ scripts: KeycloakScripts, in realm: FakeRealm, _ name: String, agrees: Bool
    ) async throws {
        try realm.folder.write("live.json", live)
        try realm.folder.write("info.json", "{}")
        let jq = try await ChildProcess.run(
            try Tool.jq.required(),
            [
                "-n", "--slurpfile", "plan", scripts.folder.file("keycloak/plan.json"), "--slurpfile", "live",
                realm.folder.file("live.json"), "--slurpfile", "info", realm.folder.file("info.json"), "--arg", "adopt",
                "no", "--arg", "attach", "no", "--arg", "retire", "", "-f", scripts.folder.file("keycloak/realm.jq"),
            ], environment: ["PATH": "/usr/bin:/bin"])
        #expect(jq.exit == .code(0), "\(name): \(jq.errors)")
        let steps = try JSON.parse(Array(jq.output.utf8)).array ?? []
        func objects(_ states: [String]) -> Set<String> {
            Set(steps.filter { states.contains($0["state"]?.string ?? "") }.compactMap { $0["object"]?.string })
        }
        let plan = try #require(scripts.compilation.plan)
        func differences(_ text: String) -> [RealmDifference] {
            var sources = SourceMap()
            let file = sources.add(SourceFile(path: "realm.json", text: text))
            return Observed(nginx: [], realms: [file], in: sources).differences(from: plan)
        }
        let found = differences(live)
        #expect(Set(found.filter { $0.severity == .error }.map(\.object)) == objects(Self.drift), "\(name)")
        #expect(
            Set(found.filter { $0.severity != .error }.map(\.object))
                == objects(["warning", "open"]).subtracting(["server"]), "\(name)")
        #expect(agrees == objects(Self.drift).isEmpty, "\(name)")
        // What status.sh prints is read as an export is.
        #expect(differences(#"{"agrees":true,"live":\#(live)}"#).map(\.message) == found.map(\.message), "\(name)")
    }
}
