import ConfigLanguages
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableUnanswered = DiagnosticCode(
        834, "deployed-variable-unanswered", .warning,
        summary: "A Compose file asks for a variable that the project's `.env` does not set.",
        why:
            "Compose fills in nothing and goes on with a line in its log: the service gets an empty text.",
        remedy: "Set it in `.env`, or write what happens without it: `${NAME:?}` stops, `${NAME:-word}` has a default.")
}

/// A variable that nothing answers.
struct DeployedVariableUnansweredRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedVariableUnanswered,
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
        return comparison.deployment.questions.compactMap { question in
            guard !question.hasDefault, !question.isAnswered, let source = question.source,
                seen.insert(question.name).inserted
            else { return nil }
            return finding(
                "\(EnvName.shown(question.name)) is asked for here, and \(context.sources[source].path) does not set it",
                at: question.span, "becomes empty", secondary: [Label(Span(source, 0, 0), "looked for here")])
        }
    }
}
