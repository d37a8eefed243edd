package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedProcessStale = DiagnosticCode(
        832, "deployed-process-stale", .warning,
        summary: "A running process has another value than the files that it was started from.",
        why:
            "It was started before the file was changed: `pm2 restart` keeps the old environment, and so does every process that nobody restarts.",
        remedy: "Start it anew, for PM2 with `pm2 restart NAME --update-env` and `pm2 save`.")
}

/// A process that was not started anew.
struct DeployedProcessStaleRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedProcessStale,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    ".env": DeployedExample.good,
                    "pm2-env.txt": "CONNECTOR_ISSUER: https://mcp.example.com/mcp\nCONNECTOR_PORT: ↓3931\n",
                ])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    ".env": DeployedExample.good,
                    "pm2-env.txt": "CONNECTOR_ISSUER: https://mcp.example.com/mcp\nCONNECTOR_PORT: 3930\n",
                ])
        ], references: ["M#178"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.environments.flatMap { environment -> [Diagnostic] in
            guard let layer = environment.running else { return [] }
            let running = layer.last
            return environment.effective.values.compactMap { found in
                guard let text = found.assignment.value.text, let now = running[found.assignment.name],
                    let has = now.value.text, has != text
                else { return nil }
                let process = EffectiveVariable(layer: layer, assignment: now, overridden: [])
                return finding(
                    "the running process has another \(found.assignment.name) than \(found.layer.title)",
                    at: now.valueSpan, "has \(process.shown(context))",
                    secondary: [Label(found.assignment.valueSpan, "the file has \(found.shown(context))")],
                    help: "start it anew: pm2 restart NAME --update-env")
            }
        }
    }
}
