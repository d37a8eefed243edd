import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let issuerNotRouted = DiagnosticCode(
        440, "issuer-not-routed", .warning,
        summary: "An external issuer is on a host of this deployment, and nothing in it leads there.",
        why:
            "Clients read the issuer's documents and call its endpoints on that host. The output leaves them to what else the "
            + "server block has: without a `location /` that leads to the issuer, every client stops at the first step.",
        remedy:
            "Write `issuer.upstream`: the address of the MCP server, when the application is its own issuer, or that of the "
            + "server that issues. Allow the finding where the site's own locations lead there.")
}

/// An issuer on our host that is left to the site.
struct IssuerNotRoutedRule: PlanRule {
    private static func example(_ issuer: String, _ top: String = "targets: { nginx: {} }") -> RuleExample {
        RuleExample(
            issuer: "mode: external\n# no users\n# no store\n\(issuer)", connector: "verify: application", top: top)
    }

    let documentation = RuleDocumentation(
        .issuerNotRouted,
        failing: [
            Self.example("url: ↓https://mcp.example.com"),
            Self.example(
                "url: ↓https://auth.example.com",
                "targets: { nginx: { server_names: [mcp.example.com, auth.example.com] } }"),
        ],
        passing: [
            Self.example("url: https://mcp.example.com\nupstream: http://127.0.0.1:3930"),
            Self.example("url: https://auth.example.com"), Self.example("url: https://mcp.example.com", ""),
        ], references: ["RFC 8414 §3"])

    let reads: Set<SpecPart> = [.issuer, .connectors, .targets]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        // Of a Keycloak another rule speaks.
        guard plan.nginx != nil, plan.issuer.location == .site, plan.keycloak == nil else { return [] }
        let section = plan.spec.issuer
        let neighbour = plan.resources.first { $0.host == plan.issuer.host }
        let address = neighbour?.upstream.text ?? "http://127.0.0.1:PORT"
        return [
            finding(
                "the issuer \(plan.issuer.url) is on a host that nginx serves, and nothing here leads to it",
                at: section.url.span, "left to the rest of the server block",
                secondary: neighbour.flatMap(\.$publicURL.origins.first).map { [Label($0, "the same host")] } ?? [],
                help:
                    "when the MCP server is its own issuer, add `issuer.upstream: \(address)`; else write the address of the "
                    + "server that issues")
        ]
    }
}
