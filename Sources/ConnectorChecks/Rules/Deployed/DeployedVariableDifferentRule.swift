import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedVariableDifferent = DiagnosticCode(
        824, "deployed-variable-different",
        summary: "A deployed variable has another value than the spec gives it.",
        why:
            "One copy has drifted: metadata, tokens, nginx and the service no longer speak of the same thing, and clients stop at the first difference.",
        remedy: "Change the one that is wrong; the other places that it is written in follow from the spec.")
}

/// A value that is not the spec's.
struct DeployedVariableDifferentRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedVariableDifferent,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: [".env": DeployedExample.file("CONNECTOR_ISSUER=↓https://mcp.example.com/mcp/")]),
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": DeployedExample.compose("CONNECTOR_PORT: ↓\"3931\"")]),
        ],
        passing: [
            RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.good]),
            RuleExample(
                top: DeployedExample.target, files: ["compose.yaml": DeployedExample.compose("CONNECTOR_PORT: 3930")]),
        ], references: ["M#34", "M#202"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        service.expectation.variables.compactMap { variable in
            guard case .text(let wanted) = variable.value, let found = service.effective[variable.name],
                let text = found.assignment.value.text, !text.isEmpty, !Self.isSame(text, wanted, variable)
            else { return nil }
            let shown = service.isSecret(variable.name) ? "another one" : SecretText.display(text)
            let slash = text + "/" == wanted || text == wanted + "/" ? ": its last slash makes it another one" : ""
            return finding(
                "\(variable.name) is \(shown) in \(found.layer.title)\(slash)", at: found.assignment.valueSpan,
                "the spec gives it \(SecretText.display(wanted))",
                secondary: (variable.origins.first.map { [Label($0, "written here")] } ?? []) + found.trail(),
                fixes: DeployedFix(context).value(of: variable, in: found, of: service))
        }
    }

    /// A list in another order is the same list; everything else is compared byte by byte.
    private static func isSame(_ found: String, _ wanted: String, _ variable: EnvironmentVariable) -> Bool {
        guard found != wanted, let key = variable.planKey else { return found == wanted }
        let separator: Character? =
            key.hasSuffix("scopes") ? " " : key.hasSuffix("s") && wanted.contains(",") ? "," : nil
        return separator.map { Set(found.split(separator: $0)) == Set(wanted.split(separator: $0)) } ?? false
    }
}
