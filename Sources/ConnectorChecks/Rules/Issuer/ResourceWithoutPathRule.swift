import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let resourceWithoutPath = DiagnosticCode(
        209, "resource-without-path", .warning,
        summary: "A resource is a bare origin, without a path.",
        why:
            "URL classes write `https://host` as `https://host/`, so that some clients ask for a token for "
            + "another string than the metadata names, and the server answers `invalid_target` or finds no "
            + "audience.",
        remedy: "Give the resource a path such as `/mcp`.")
}

/// A resource that is a bare origin.
struct ResourceWithoutPathRule: Rule {
    let documentation = RuleDocumentation(
        .resourceWithoutPath,
        failing: [
            RuleExample(connector: "public_url: https://mcp.example.com/mcp\nresource: ↓https://mcp.example.com")
        ], passing: [RuleExample(connector: "public_url: https://mcp.example.com/mcp")],
        references: ["M#39", "RFC 8707 §2"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.compactMap { connector in
            let resource = connector.resource ?? connector.publicURL
            guard resource.value.path.isEmpty, !resource.value.host.isLoopback else { return nil }
            return finding(
                "the resource of connector `\(connector.name.value.text)` has no path: `\(resource.value.text)`",
                at: resource.span, "a bare origin", help: "use a URL with a path, `\(resource.value.text)/mcp`")
        }
    }
}
