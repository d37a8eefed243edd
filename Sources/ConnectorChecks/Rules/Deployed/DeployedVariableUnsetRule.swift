import ConfigLanguages
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableUnset = DiagnosticCode(
        834, "deployed-variable-unset", .warning,
        summary: "A Compose file refers to a variable that the project's `.env` does not set.",
        why:
            "Compose fills in nothing and goes on with a line in its log: the service gets an empty text.",
        remedy: "Set it in `.env`, or write what happens without it: `${NAME:?}` stops, `${NAME:-word}` has a default.")
}

/// A variable that nothing sets.
struct DeployedVariableUnsetRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedVariableUnset,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": "services:\n  mcp:\n    image: ↓${IMAGE}\n", ".env": "TAG=1\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": "services:\n  mcp:\n    image: ${IMAGE}:${TAG:-1}\n", ".env": "IMAGE=mcp\n"]),
            RuleExample(
                top: DeployedExample.target, files: ["compose.yaml": "services:\n  mcp:\n    image: ${IMAGE}\n"]),
        ], references: ["M#180"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        var seen: Set<String> = []
        return comparison.deployment.variableReferences.compactMap { reference in
            guard !reference.hasDefault, !reference.isSet, let source = reference.source,
                seen.insert(reference.name).inserted
            else { return nil }
            return finding(
                "\(EnvName.shown(reference.name)) is referred to here, and \(context.sources[source].path) does not set it",
                at: reference.span, "becomes empty", secondary: [Label(Span(source, 0, 0), "looked for here")])
        }
    }
}
