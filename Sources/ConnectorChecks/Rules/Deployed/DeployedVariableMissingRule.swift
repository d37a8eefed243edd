import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableMissing = DiagnosticCode(
        822, "deployed-variable-missing",
        summary: "A variable that the spec gives a service is set by none of its deployed files.",
        why:
            "The service takes its own default, or nothing, for what everybody else takes from the spec.",
        remedy: "Set it, or deploy the file that connectorgen makes.")
}

/// A variable that nothing sets.
struct DeployedVariableMissingRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedVariableMissing,
        failing: [RuleExample(top: DeployedExample.secret, files: [".env": "↓APP_SECRET=x\n"])],
        passing: [
            RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.good]),
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml":
                        "services:\n  mcp:\n    env_file: a.env\n    environment: { CONNECTOR_PORT: \"3930\" }\n"
                ]),
        ], references: ["M#180"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        guard service.environment.unseen.isEmpty, let place = service.place, !service.expectation.isServer else {
            return []
        }
        let optional = Set((service.expectation.preset?.variables ?? []).filter(\.isOptional).map(\.name))
        var found: [Diagnostic] = []
        var left: [String] = []
        for variable in service.expectation.variables where service.effective[variable.name] == nil {
            guard case .text(let wanted) = variable.value else { continue }
            // What a service can do without is no error, but its client id is what clients look for.
            if optional.contains(variable.name), variable.planKey != "connector.client_id" {
                left.append(variable.name)
                continue
            }
            found.append(
                finding(
                    "\(service.environment.title) does not set \(variable.name)", at: place, "is not set here",
                    secondary: variable.origins.first.map { [Label($0, "the spec gives it")] } ?? [],
                    help: "set \(variable.name) to \(SecretText.display(wanted))",
                    fixes: DeployedFix(context).addition(of: variable, to: service)))
        }
        guard !left.isEmpty else { return found }
        return found + [
            finding(
                "\(service.environment.title) does not set \(left.joined(separator: ", "))", at: place, severity: .note,
                notes: ["the service has defaults of its own for what it can do without"])
        ]
    }
}
