import ConnectorSpec
package import Diagnostics
import ObservedFiles
import WebSyntax

extension DiagnosticCode {
    package static let deployedPlaceholder = DiagnosticCode(
        835, "deployed-placeholder",
        summary: "A deployed value is a placeholder that was never filled in.",
        why:
            "The service takes it for a value: a secret that everybody knows, a host that is not there.",
        remedy: "Fill it in.")
}

/// A value that waits to be filled in.
struct DeployedPlaceholderRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedPlaceholder,
        failing: [
            RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.good + "APP_SECRET=↓change-me\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    ".env": DeployedExample.good + "APP_MOTD=\"all change\"\n",
                    ".env.example": "APP_SECRET=change-me\n",
                ])
        ], references: ["M#193"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        var seen: Set<Span> = []
        return comparison.environments.flatMap(\.layers).filter { $0.kind != .process }.flatMap { layer in
            layer.assignments.compactMap { assignment -> Diagnostic? in
                guard let text = assignment.value.text, !text.contains("${"),
                    TemplateResidue.isResidue(text) || Placeholder.isSuspected(text, as: "text"),
                    seen.insert(assignment.valueSpan).inserted
                else { return nil }
                return finding(
                    "\(assignment.name) in \(layer.title) is a placeholder", at: assignment.valueSpan,
                    secondary: assignment.trail)
            }
        }
    }
}
