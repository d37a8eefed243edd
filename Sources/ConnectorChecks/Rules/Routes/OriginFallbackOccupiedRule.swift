import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let originFallbackOccupied = DiagnosticCode(
        411, "origin-fallback-occupied", .warning,
        summary: "A path at the origin that clients fall back to is taken by something else.",
        why: "Clients that drop the issuer's path when they look for endpoints reach the wrong thing.",
        remedy: "Move what takes the path, or issue from a host of its own.")
}

/// A connector at the path to which clients fall back that lost the issuer's.
struct OriginFallbackOccupiedRule: PlanRule {
    let documentation = RuleDocumentation(
        .originFallbackOccupied,
        failing: [
            RuleExample(
                issuer: "url: https://mcp.example.com/auth\norigin_fallbacks: ↓true",
                connector: "public_url: https://mcp.example.com/token"),
            RuleExample(issuer: "url: ↓https://mcp.example.com/auth", connector: "aliases: [/register]"),
        ],
        passing: [
            RuleExample(
                issuer: "url: https://mcp.example.com/auth\norigin_fallbacks: false", connector: "aliases: [/register]"),
            RuleExample(connector: "aliases: [/registered]"),
        ], references: ["M#37"])

    let reads: Set<SpecPart> = [.issuer, .connectors]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        let setting = plan.spec.issuer.originFallbacks
        guard plan.issuer.isBundled, setting?.value ?? IssuerSection.Default.originFallbacks else { return [] }
        let taken = Set(plan.issuer.endpointPaths.values)
        let names = [EndpointName.authorize, .token, .register].filter {
            plan.issuer.endpointPaths[$0] != nil && !taken.contains("/\($0.rawValue)")
        }
        let paths = Set(names.map { "/\($0.rawValue)" })
        let occupants = plan.resources.filter { $0.host == plan.issuer.host && paths.contains($0.path) }
        return names.compactMap { name in
            let path = "/\(name.rawValue)"
            guard let occupant = occupants.first(where: { $0.path == path }) else { return nil }
            return finding(
                "\(plan.issuer.host)\(path) is taken: clients that drop the issuer's path do not find \(name.rawValue)",
                at: setting?.span ?? plan.spec.issuer.url.span, severity: setting == nil ? .note : .warning,
                secondary: occupant.$publicURL.origins.first.map { [Label($0, "takes it as MCP transport")] } ?? [],
                help: setting == nil ? "set issuer.origin_fallbacks: false if that is fine" : nil)
        }
    }
}
