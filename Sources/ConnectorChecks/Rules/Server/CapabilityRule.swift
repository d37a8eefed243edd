import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let capabilityNotServed = DiagnosticCode(
        707, "capability-not-served",
        summary: "The spec asks for something that this release of connectorgen-auth does not serve.",
        why:
            "Everything would build and look right, and each sign-in, or each start of the server, would end in an error. "
            + "What a release serves is one list, by which `connectorgen-auth --check` and the start judge too.",
        remedy: "Do what the message says, or use a release that serves it.")
}

/// A spec that needs a ``Capability`` which this release does not have.
struct CapabilityRule: Rule {
    /// Before a line that asks for what is not served, in examples of other rules.
    static let allowance = "# connectorgen: allow CG707 -- an example of another rule\n"

    private static let upstream = "login: { provider: oidc, issuer: https://login.example.com, client_id: up }"

    let documentation = RuleDocumentation(
        .capabilityNotServed,
        failing: [
            RuleExample(issuer: "mode: ↓upstream\n\(upstream)\n# no users"),
            RuleExample(issuer: "store: { postgres: { env: ↓DATABASE_URL } }\nkey: { env: SERVER_KEY }"),
            RuleExample(whole: external("verify: ↓edge")),
        ],
        passing: [
            RuleExample(issuer: "store: { sqlite: /var/lib/connectorgen/auth.db }"),
            RuleExample(whole: external("verify: application")), RuleExample(whole: external("scopes: [mcp.tools]")),
            RuleExample(
                whole: external("verify: edge\n    service_tokens: [{ label: bridge, token: { env: BRIDGE_TOKEN } }]")),
        ], references: [])

    private static func external(_ line: String) -> String {
        """
        version: 1
        name: demo
        issuer: { url: https://login.example.com/realms/mcp, mode: external }
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            client_id: cid_example
            upstream: http://127.0.0.1:3930
            \(line)

        """
    }

    func check(_ context: RuleContext) -> [Diagnostic] {
        needs(context).compactMap { capability, span, label in
            guard !capability.isServed else { return nil }
            return finding(
                capability.reason, at: span, label, help: capability.alternative)
        }
    }

    /// What the spec needs, and the place that says so.
    private func needs(_ context: RuleContext) -> [(Capability, Span, String)] {
        guard let issuer = context.draft.issuer else { return [] }
        var needs: [(Capability, Span, String)] = []
        if issuer.mode.value == .upstream { needs.append((.upstreamLogin, issuer.mode.span, "asks for it")) }
        if let store = issuer.store, case .postgres = store.value {
            needs.append((.postgreSQLStore, store.span, "asks for it"))
        }
        guard issuer.mode.value == .external else { return needs }
        for connector in context.draft.connectors {
            // Tokens of the operator's own programs are verified at the edge whoever issues the others.
            guard let verify = connector.verify, verify.value == .edge, connector.serviceTokens.isEmpty else {
                continue
            }
            needs.append((.externalTokenVerification, verify.span, "asks for it"))
        }
        return needs
    }
}
