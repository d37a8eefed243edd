import ConfigLanguages
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedFileUnreadable = DiagnosticCode(
        820, "deployed-file-unreadable",
        summary: "A deployed file that sets variables cannot be read as what it is.",
        why:
            "Its loader stops at it, or passes over a part; nothing can be said to agree with the spec.",
        remedy: "Fix the place, or say what the file is: `--env FILE:DIALECT`.")
}

/// A file that its loader refuses.
struct DeployedFileUnreadableRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedFileUnreadable,
        failing: [
            RuleExample(top: DeployedExample.target, files: ["compose.yaml": "↓[]\n"]),
            RuleExample(top: DeployedExample.target, files: ["mcp.service": "[Service]\n↓Environment\n"]),
        ],
        passing: [RuleExample(top: DeployedExample.target, files: ["compose.yaml": "services: {}\n"])], references: [])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.deployment.files.flatMap { file in
            file.problems.map { finding("\(file.path) cannot be read here: \($0.message)", at: $0.span) }
        }
    }
}
