import ConnectorPlan
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableEmpty = DiagnosticCode(
        823, "deployed-variable-empty",
        summary: "A variable that the spec gives a value is empty in the deployment.",
        why:
            "The service then works with an empty value: an issuer of nobody, a client id that is null in the metadata.",
        remedy: "Give it the value that the spec has.")
}

/// A variable that is there and says nothing.
struct DeployedVariableEmptyRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedVariableEmpty,
        failing: [
            RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.file("CONNECTOR_ISSUER=↓")])
        ],
        passing: [RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.good])],
        references: ["M#70", "M#195"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        service.expectation.variables.compactMap { variable in
            guard let found = service.effective[variable.name], found.assignment.value == .text(""),
                variable.value != .text("")
            else { return nil }
            return finding(
                "\(variable.name) is empty in \(found.layer.title)", at: found.assignment.valueSpan, "nothing",
                secondary: (variable.origins.first.map { [Label($0, "the spec gives it a value")] } ?? [])
                    + found.trail(), fixes: DeployedFix(context).value(of: variable, in: found, of: service))
        }
    }
}
