package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableShadowed = DiagnosticCode(
        826, "deployed-variable-shadowed", .warning,
        summary: "A variable has one value in one deployed file, and another in one that wins over it.",
        why:
            "Whoever edits the first sees nothing change: the process manager's environment wins over dotenv, `environment` over `env_file`, a drop-in over its unit.",
        remedy: "Keep it in one place.")
}

/// Two values of one variable, of which one never counts.
struct DeployedVariableShadowedRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedVariableShadowed,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml":
                        "services:\n  mcp:\n    env_file: app.env\n    environment:\n      LOG_LEVEL: ↓debug\n",
                    "app.env": "LOG_LEVEL=info\n",
                ])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml":
                        "services:\n  mcp:\n    env_file: app.env\n    environment:\n      LOG_LEVEL: info\n",
                    "app.env": "LOG_LEVEL=info\n",
                ])
        ], references: ["M#178", "L-07"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.environments.flatMap { environment in
            environment.effective.values.compactMap { found -> Diagnostic? in
                guard let text = found.assignment.value.text else { return nil }
                // The defaults of an image are there to be replaced.
                let others = found.overridden.filter {
                    $0.layer.kind != .image && $0.assignment.value.text.map { $0 != text } ?? false
                }
                guard let other = others.first else { return nil }
                let name = found.assignment.name
                return finding(
                    "\(name) of \(other.layer.title) never counts: \(found.layer.title) wins with another value",
                    at: found.assignment.valueSpan, "wins with \(found.shown(context))",
                    secondary: others.map {
                        Label($0.assignment.valueSpan, "\($0.layer.title) has \($0.shown(context))")
                    } + found.assignment.trail, help: "keep \(name) in one of them",
                    fixes: DeployedFix(context).removal(of: other))
            }
        }
    }
}
