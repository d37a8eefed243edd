import ConnectorPlan
import Diagnostics
import RuntimeConfig
import Testing

@Suite("The server reads what was planned for it")
struct RuntimeContractTests {
    @Test(
        "the runtime config of a plan is read back as it was planned",
        arguments: [
            Planned.spec(),
            Planned.spec(publicURL: "https://mcp.example.com"),
            Planned.spec(issuerKeys: "openid: true\ntokens: { format: jwt }\nroot_metadata: alias"),
            Planned.spec(
                issuerKeys: "limits: { token_requests: 0 }\nclient_documents: { assertions: required }\nopenid: true",
                connectorKeys: "service_tokens: [{ label: a, token: { env: A_TOKEN } }]\nopenai_apps_challenge: x",
                more:
                    "clients: [mcp-remote]\ntrusted_redirects: [\"com.example.app:/cb\"]\nclient_uri_hosts: [docs.example.org]"
            ),
            Planned.spec(connectorKeys: "aliases: [/mcp2]\nalias_hosts: [www.example.com]"),
            Planned.spec(
                connectorKeys: "legacy_aliases: [{ path: /api/connector/oauth, sunset: 2027-03-31 }]",
                more: "clients: [chatgpt, claude, codex, { id: other, label: Other }]\ntrusted_hosts: [chatgpt.com]"),
        ])
    func contract(spec: String) throws {
        let config = try Planned(spec).plan.runtime
        let source = SourceFile(path: "connectorgen-auth.json", bytes: config.encoded(banner: "generated"))
        let (decoded, diagnostics) = RuntimeConfig.decode(source, id: FileID(0))
        #expect(diagnostics.map(\.message) == [])
        #expect(decoded == config)
    }
}
