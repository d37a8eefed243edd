import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let hostNotServed = DiagnosticCode(
        510, "host-not-served",
        summary: "A URL is on a host that `targets.nginx.server_names` does not list.",
        why: "Nothing would answer it.",
        remedy: "Add the host to the list.")
}

/// A URL on a host that nginx is not told to serve.
struct HostNotServedRule: PlanRule {
    let documentation = RuleDocumentation(
        .hostNotServed,
        failing: [
            RuleExample(
                issuer: "url: ↓https://mcp.example.com/mcp",
                top: "targets: { nginx: { server_names: [other.example.com] } }"),
            RuleExample(
                connector: "alias_hosts: [↓second.example.com]",
                top: "targets: { nginx: { server_names: [mcp.example.com] } }"),
        ],
        passing: [
            RuleExample(
                connector: "alias_hosts: [second.example.com]",
                top: "targets: { nginx: { server_names: [mcp.example.com, second.example.com] } }"),
            RuleExample(top: "targets: { nginx: {} }"),
        ], references: [])

    let reads: Set<SpecPart> = [.targets]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let named = plan.spec.targets.nginx?.serverNames, let first = named.first else { return [] }
        var served = Set(named.map(\.value.text))
        // Each host once, at its first URL.
        return plan.hostOrigins.filter { served.insert($0.host).inserted }.map { host, origin in
            finding(
                "`\(host)` is not among targets.nginx.server_names", at: origin, "nothing would answer this URL",
                secondary: [Label(first.span, "the hosts that are served")],
                help: "add \(host) to targets.nginx.server_names")
        }
    }
}

extension DeploymentPlan {
    /// The hosts that this deployment answers for, in the order of the spec, each with the place of its URL; an
    /// external issuer's is none.
    var hostOrigins: [(host: String, origin: Span)] {
        (issuer.isBundled ? [(issuer.host, issuer.$url.origins[0])] : [])
            + resources.map { ($0.host, $0.$publicURL.origins[0]) }
    }
}
