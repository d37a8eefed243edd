import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let corsWithoutOrigins = DiagnosticCode(
        422, "cors-without-origins", .warning,
        summary: "`cors: nginx` without `allowed_origins`.",
        why:
            "nginx then takes the application's CORS headers away and allows no page any: every browser client is shut out.",
        remedy: "List the origins under `allowed_origins`, or leave CORS to the application.")
}

/// CORS by nginx, without an origin to allow.
struct CORSWithoutOriginsRule: Rule {
    let documentation = RuleDocumentation(
        .corsWithoutOrigins, failing: [RuleExample(connector: "cors: ↓nginx")],
        passing: [
            RuleExample(connector: "cors: nginx\nallowed_origins: [https://chatgpt.com]"),
            RuleExample(connector: "cors: off"), RuleExample(connector: "cors: application"),
        ], references: [])

    let reads: Set<SpecPart> = [.connectors]

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.compactMap { connector in
            guard let owner = connector.cors, owner.value == .edge, connector.allowedOrigins.isEmpty else {
                return nil
            }
            return finding(
                "connectors.\(connector.name.value.text).cors is nginx, and no origin is allowed", at: owner.span,
                "shuts every browser out", help: "add allowed_origins, or write `cors: off`")
        }
    }
}
