import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let resourceElsewhere = DiagnosticCode(
        250, "resource-elsewhere",
        summary: "A connector's `resource` does not cover its `public_url`.",
        why: "Clients refuse metadata whose resource is not the URL that they connect to.",
        remedy: "Remove `resource`, or write the connector's URL or a parent of it.")
}

/// A resource that is neither the URL of its connector nor above it.
struct ResourceElsewhereRule: Rule {
    let documentation = RuleDocumentation(
        .resourceElsewhere, isHard: true,
        failing: [
            RuleExample(connector: "resource: ↓https://other.example.com/mcp"),
            RuleExample(connector: "resource: ↓https://mcp.example.com/mcp/tools"),
        ],
        passing: [
            RuleExample(connector: "resource: https://mcp.example.com/mcp"),
            RuleExample(connector: "public_url: https://mcp.example.com/mcp/v1\nresource: https://mcp.example.com/mcp"),
        ], references: ["RFC 9728 §3.3", "M#39"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.compactMap { connector in
            guard let resource = connector.resource else { return nil }
            let url = connector.publicURL.value
            let covers =
                resource.value.origin == url.origin
                && (url.path == resource.value.path || url.path.hasPrefix(resource.value.path + "/"))
            guard !covers else { return nil }
            return finding(
                "connectors.\(connector.name.value.text).resource does not cover the connector's public_url",
                at: resource.span, "clients refuse metadata whose resource is elsewhere",
                secondary: [Label(connector.publicURL.span, "the URL that clients connect to")],
                help: "remove resource, or use \(url.origin) or a path above \(url.path)")
        }
    }
}
