import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let edgeVerificationMissing = DiagnosticCode(
        708, "edge-verification-missing",
        summary: "nginx is to verify tokens of an external issuer, and the spec does not say by what.",
        why:
            "connectorgen-auth would know none of them: each request would be refused, for ever, while all looks well.",
        remedy: "Add `issuer.verification`, or leave the tokens to the MCP server by `verify: application`.")
}

/// `verify: edge` for the tokens of another issuer, without a way to verify them.
struct EdgeVerificationMissingRule: Rule {
    let documentation = RuleDocumentation(
        .edgeVerificationMissing, isHard: true,
        failing: [RuleExample(whole: external("", "verify: ↓edge"))],
        passing: [
            RuleExample(whole: external("verification: { jwks: {} }", "verify: edge")),
            RuleExample(whole: external("", "verify: application")),
            RuleExample(whole: external("", "scopes: [mcp.tools]")),
            RuleExample(
                whole: external(
                    "", "verify: edge\n    service_tokens: [{ label: bridge, token: { env: BRIDGE_TOKEN } }]")),
        ], references: [])

    /// A connector of an external issuer with a line of each; for examples of other rules too.
    static func external(_ issuer: String, _ connector: String) -> String {
        """
        version: 1
        name: demo
        issuer:
          url: https://login.example.com/realms/mcp
          mode: external
          \(issuer.isEmpty ? "registration: [predefined]" : issuer)
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            client_id: cid_example
            upstream: http://127.0.0.1:3930
            \(connector)

        """
    }

    let reads: Set<SpecPart> = [.issuer]

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value == .external, issuer.verification == nil else {
            return []
        }
        return context.draft.connectors.compactMap { connector in
            // Tokens of the operator's own programs are verified at the edge whoever issues the others.
            guard let verify = connector.verify, verify.value == .edge, connector.serviceTokens.isEmpty else {
                return nil
            }
            return finding(
                "nginx cannot verify tokens of \(issuer.url.value.text): issuer.verification is missing",
                at: verify.span, "asks for it",
                secondary: [Label(issuer.mode.span, "another issuer issues the tokens")],
                help: "add issuer.verification: { jwks: {} } for signed tokens, or introspection for others; or write "
                    + "verify: application")
        }
    }
}
