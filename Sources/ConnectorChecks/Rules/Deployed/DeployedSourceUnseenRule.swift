package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedSourceUnseen = DiagnosticCode(
        821, "deployed-source-unseen", .note,
        summary: "A deployed file takes variables from a file or an object that was not given.",
        why:
            "What is in it is not seen, so that nothing is said to be missing in what loads it.",
        remedy: "Give it too, with `--env`.")
}

/// What was not given and is loaded.
struct DeployedSourceUnseenRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedSourceUnseen,
        failing: [
            RuleExample(
                top: DeployedExample.target, files: ["compose.yaml": "services:\n  mcp:\n    env_file: ↓other.env\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": "services:\n  mcp:\n    env_file: [{ path: other.env, required: false }]\n"])
        ], references: [])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.environments.flatMap { environment in
            environment.unseen.map {
                finding("\(environment.title) has variables that are not seen", at: $0.span, $0.text)
            }
        }
    }
}
