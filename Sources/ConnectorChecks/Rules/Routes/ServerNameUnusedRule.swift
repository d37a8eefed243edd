import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let serverNameUnused = DiagnosticCode(
        511, "server-name-unused", .warning,
        summary: "`targets.nginx.server_names` lists a host that no URL is on.",
        why: "It gets no file, so nothing is served there.",
        remedy: "Remove it, or give a connector a URL on it.")
}

/// A host for nginx that nothing is on.
struct ServerNameUnusedRule: PlanRule {
    let documentation = RuleDocumentation(
        .serverNameUnused,
        failing: [
            RuleExample(top: "targets: { nginx: { server_names: [mcp.example.com, ↓mcp.exmaple.com] } }")
        ],
        passing: [RuleExample(top: "targets: { nginx: { server_names: [mcp.example.com] } }")], references: [])

    let reads: Set<SpecPart> = [.issuer, .connectors]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let named = plan.spec.targets.nginx?.serverNames, !named.isEmpty else { return [] }
        let used = Set(plan.hostOrigins.map(\.host) + [plan.issuer.host])
        return named.filter { !used.contains($0.value.text) }.map { name in
            let near = Suggestion.nearest(to: name.value.text, in: used.sorted())
            return finding(
                "targets.nginx.server_names has a host that no URL of the spec is on", at: name.span,
                "`\(name.value.text)` gets no file",
                help: near.map { "did you mean `\($0)`?" } ?? "remove it, or give a connector a URL on it")
        }
    }
}
