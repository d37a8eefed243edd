package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedProtectionOff = DiagnosticCode(
        841, "deployed-protection-off",
        summary: "A deployed variable switches a service's authentication off, or its logging of tokens on.",
        why:
            "Behind a vhost that looks protected, everybody may then call the tools, or every token ends up in a log. Such switches are set for one afternoon and stay for a year.",
        remedy: "Remove the variable.",
        securitySeverity: "9.1")
}

/// A deployed variable that takes a service's protection away.
struct DeployedProtectionOffRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedProtectionOff,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": DeployedExample.compose("REQUIRE_AUTH: ↓\"false\"")])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target, files: ["compose.yaml": DeployedExample.compose("REQUIRE_AUTH: \"true\"")])
        ], references: ["R004-11", "R004-12", "L-10"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.environments.flatMap { environment in
            environment.effective.values.compactMap { found in
                guard let text = found.assignment.value.text,
                    let problem = ProtectionSwitch.problem(of: found.assignment.name, text)
                else { return nil }
                return finding(
                    "`\(found.assignment.name)` \(problem)", at: found.assignment.valueSpan, "in \(found.layer.title)",
                    secondary: found.trail())
            }
        }
    }
}
