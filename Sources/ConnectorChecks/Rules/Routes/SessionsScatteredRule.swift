import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let sessionsScattered = DiagnosticCode(
        435, "sessions-scattered",
        summary: "A session of several replicas would have its requests at any of them.",
        why:
            "A session lives in the replica that began it, and its id (`Mcp-Session-Id`) comes with the first answer, when nginx "
            + "has chosen. What nginx knows from the first request to the last is the person that the verifier names; without "
            + "verification at the edge it knows nothing, and each request finds its session by luck.",
        remedy:
            "Verify at the edge (`verify: edge`), and all requests of a person go to one replica; or say `sessions: false`, when "
            + "the server keeps no sessions or the replicas share them.")
}

/// Replicas with sessions, and nothing to keep a session together by.
struct SessionsScatteredRule: PlanRule {
    private static func example(_ lines: String) -> RuleExample {
        RuleExample(
            connector: "# no upstream\n\(lines)", top: "targets: { nginx: {} }")
    }

    let documentation = RuleDocumentation(
        .sessionsScattered,
        failing: [Self.example("verify: application\nupstreams: [↓http://127.0.0.1:3930, http://127.0.0.1:3931]")],
        passing: [
            Self.example("upstreams: [http://127.0.0.1:3930, http://127.0.0.1:3931]"),
            Self.example(
                "verify: application\nsessions: false\nupstreams: [http://127.0.0.1:3930, http://127.0.0.1:3931]"),
        ], references: ["MCP 2025-11-25, transports, session management"])

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard plan.nginx != nil else { return [] }
        return plan.connectors.compactMap { section, resource in
            guard !resource.replicas.isEmpty, resource.keepsSessions, resource.verification == .application else {
                return nil
            }
            return finding(
                "connectors.\(resource.connector) has several replicas, and nothing to keep a session at one of them",
                at: section.upstream.span, "nginx does not know whose a request is",
                secondary: section.verify.map { [Label($0.span, "the application verifies")] } ?? [],
                help: "verify at the edge, or write `sessions: false` when the replicas need not keep them")
        }
    }
}
