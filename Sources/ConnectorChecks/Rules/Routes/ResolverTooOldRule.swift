import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let resolverTooOld = DiagnosticCode(
        436, "resolver-too-old",
        summary: "This nginx can look a name up again only where a request keeps its path.",
        why:
            "Before 1.27.3 a group of servers is looked up once, at the start. A name is looked up again when it stands in a "
            + "variable, and then nginx puts no path in the place of another, and knows no replicas.",
        remedy:
            "Write `targets.nginx.version: \"1.27.3\"` or later, which the images of nginx have; or the address in place of the "
            + "name; or have the MCP server listen at the public path.")
}

/// A name that is to be looked up again, in a place where an old nginx cannot.
struct ResolverTooOldRule: PlanRule {
    private static func example(_ connector: String, _ version: String) -> RuleExample {
        RuleExample(
            connector: connector, top: "targets: { nginx: { version: \"\(version)\", resolver: 127.0.0.11 } }")
    }
    private static let replicas = "# no upstream\nupstreams: [↓http://mcp-1:3930, http://mcp-2:3930]"

    let documentation = RuleDocumentation(
        .resolverTooOld, isHard: true,
        failing: [Self.example("upstream: ↓http://mcp:3930/api/mcp", "1.22"), Self.example(Self.replicas, "1.22")],
        passing: [
            Self.example("upstream: http://mcp:3930/api/mcp", "1.27.3"),
            Self.example("upstream: http://mcp:3930", "1.22"),
            Self.example("upstream: http://127.0.0.1:3930/api/mcp", "1.22"),
        ], references: [])

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let nginx = plan.nginx, nginx.looksUpPerRequest, let resolver = nginx.resolver else { return [] }
        return plan.connectors.compactMap { section, resource in
            let isMapped = resource.mappedPath != nil && resource.upstream.isName
            let names = ([section.upstream] + section.replicas).filter(\.value.isName)
            guard isMapped || !names.isEmpty && !resource.replicas.isEmpty else { return nil }
            return finding(
                "nginx \(nginx.version.text) cannot look up the servers of connectors.\(resource.connector) again",
                at: section.upstream.span, isMapped ? "has a path of its own" : "one of several",
                secondary: [Label(resolver.span, "names are to be looked up again")],
                help: "write `version: \"1.27.3\"` or later, or addresses in place of names")
        }
    }
}
