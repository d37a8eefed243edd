import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let externalIssuerKey = DiagnosticCode(
        431, "external-issuer-key",
        summary: "A key says where an external issuer is, and there is none, or it is not known where.",
        why:
            "connectorgen-auth has its own documents and endpoints, and `routes` and `documents` lead to `issuer.upstream` "
            + "alone: the key would have no effect.",
        remedy: "Remove the key, or add `issuer.upstream` in the mode of an external issuer.")
}

/// Routes to an issuer that is none, or nowhere.
struct ExternalIssuerKeyRule: Rule {
    private static let external = "url: https://mcp.example.com\nmode: external\n# no users\n# no store\n"

    let documentation = RuleDocumentation(
        .externalIssuerKey,
        failing: [
            RuleExample(issuer: "upstream: ↓http://127.0.0.1:3930"),
            RuleExample(issuer: Self.external + "routes: [↓/oauth]", connector: "verify: application"),
        ],
        passing: [
            RuleExample(
                issuer: Self.external + "upstream: http://127.0.0.1:3930\nroutes: [/oauth]",
                connector: "verify: application")
        ], references: [])

    let reads: Set<SpecPart> = [.issuer]

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer else { return [] }
        let led = [("routes", issuer.routes?.first?.span), ("documents", issuer.documents?.span)]
        let isExternal = issuer.mode.value == .external
        if isExternal, issuer.upstream != nil || context.draft.targets.keycloak != nil { return [] }
        let keys = isExternal ? led : [("upstream", issuer.upstream?.span)] + led
        return keys.compactMap { key, span in
            guard let span else { return nil }
            return finding(
                isExternal
                    ? "issuer.\(key) leads to issuer.upstream, which is not written"
                    : "issuer.\(key) has no meaning in issuer.mode: \(issuer.mode.value.rawValue)",
                at: span,
                secondary: isExternal ? [] : [Label(issuer.mode.span, "connectorgen-auth issues the tokens")],
                help: isExternal
                    ? "add `upstream: http://127.0.0.1:3003`, the address of the server that issues"
                    : "remove it; the address of an MCP server is a key of connectors.NAME, and where nginx finds "
                        + "connectorgen-auth is issuer.listen")
        }
    }
}
