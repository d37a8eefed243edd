import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedSecretLiteral = DiagnosticCode(
        831, "deployed-secret-literal", .warning,
        summary: "A secret stands in a deployed file that is no place for secrets.",
        why:
            "Compose files, manifests, unit files, Dockerfiles and ecosystem files are committed, copied into images and shown by `systemctl show`.",
        remedy: "Take it from an env file, a Secret or a credential, and make a new one: this one has been seen.",
        securitySeverity: "7.5")
}

/// A secret where everybody reads it.
struct DeployedSecretLiteralRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedSecretLiteral,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": DeployedExample.compose("APP_SECRET: ↓hunter2hunter2")])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": DeployedExample.compose("APP_SECRET: ${APP_SECRET}")]),
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": DeployedExample.compose("APP_SECRET_FILE: /run/secrets/app")]),
        ], references: ["M#192"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        var seen: Set<Span> = []
        return comparison.environments.flatMap(\.layers).filter { !$0.kind.keepsSecrets }.flatMap { layer in
            layer.assignments.compactMap { assignment -> Diagnostic? in
                guard assignment.isLiteral, let text = assignment.value.text, SecretText.isPlainValue(text),
                    SecretText.isSecretName(assignment.name) || SecretText.mayBeSecret(text),
                    !Placeholder.isSuspected(text, as: "text"), seen.insert(assignment.valueSpan).inserted
                else { return nil }
                return finding(
                    "\(assignment.name) is a secret, and stands in \(layer.title)", at: assignment.valueSpan,
                    context.concealed(text), help: "refer to it, and make a new one")
            }
        }
    }
}
