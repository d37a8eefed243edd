package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedValueRefused = DiagnosticCode(
        840, "deployed-value-refused",
        summary: "A loader does not take a value as it is written.",
        why:
            "Compose and Kubernetes stop at a boolean where they want a text; systemd passes over what is no assignment.",
        remedy: "Put it in quotes, or write it as the message says.")
}

/// A value that its loader does not take.
struct DeployedValueRefusedRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedValueRefused,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": "services:\n  mcp:\n    environment: { REQUIRE_AUTH: ↓true }\n"]),
            RuleExample(
                top: DeployedExample.target, files: ["mcp.service": "[Service]\nEnvironment=↓LOG LEVEL=info\n"]),
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": "services:\n  mcp:\n    environment: { REQUIRE_AUTH: \"true\" }\n"])
        ], references: [])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.deployment.refusals.map { refusal in
            finding(
                refusal.message, at: refusal.span,
                fixes: refusal.replacement.map {
                    [FixIt("put it in quotes", .machineApplicable, edits: [TextEdit(refusal.span, $0)])]
                } ?? [])
        }
    }
}
