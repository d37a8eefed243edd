import ConnectorPlan
package import Diagnostics
import ObservedFiles
import WebSyntax

extension DiagnosticCode {
    package static let upstreamPortPublished = DiagnosticCode(
        836, "upstream-port-published",
        summary: "The port of an MCP server is open to others than the machine itself.",
        why:
            "Whoever knows the port calls the server past nginx: without a token, where the edge asks for it, and with identity headers of his own.",
        remedy: "Publish it on loopback, `127.0.0.1:8000:8000`, or not at all.",
        securitySeverity: "8.6")
}

/// A way to the MCP server past the edge.
struct UpstreamPortPublishedRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .upstreamPortPublished,
        failing: [
            RuleExample(
                top: DeployedExample.target, files: ["compose.yaml": "services:\n  mcp:\n    ports: [↓\"3930:3930\"]\n"]
            )
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml":
                        "services:\n  mcp:\n    ports: [\"127.0.0.1:3930:3930\"]\n  web:\n    ports: [\"443:443\"]\n"
                ])
        ], references: ["M#219"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        guard let plan = context.plan else { return [] }
        return comparison.deployment.environments.flatMap { environment in
            environment.published.filter { !$0.isOfMachine }.compactMap { port in
                let connector = plan.resources.first { resource in
                    guard case .tcp(let host, let number) = resource.upstream.address else { return false }
                    return number == port.host
                        || number == port.container && (host == environment.name || port.host == nil)
                }
                guard let connector else { return nil }
                return finding(
                    "\(port.way) opens the port of \(connector.connector) to every address", at: port.span,
                    "past the edge",
                    secondary: connector.$upstream.origins.first.map { [Label($0, "the edge leads here")] } ?? [],
                    help: "publish it on 127.0.0.1 alone")
            }
        }
    }
}
