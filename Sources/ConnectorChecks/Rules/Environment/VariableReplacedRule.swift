import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let variableReplaced = DiagnosticCode(
        602, "variable-replaced",
        summary: "A literal replaces a variable of the preset, which is filled from the plan.",
        why:
            "The file then has a copy of a value that everything else takes from the spec: the two agree until one of them "
            + "changes.",
        remedy: "Remove the variable, or change the value where the spec has it.")
}

/// A second copy of a value that the preset fills in.
struct VariableReplacedRule: Rule {
    private static func variables(_ entries: String) -> RuleExample {
        RuleExample(
            top: "targets:\n  env:\n    - file: a.env\n      dialect: node\n      preset: connectorgen\n"
                + "      variables: { \(entries) }")
    }

    let documentation = RuleDocumentation(
        .variableReplaced,
        failing: [Self.variables("CONNECTOR_ISSUER: ↓https://mcp.example.com/mcp")],
        passing: [
            Self.variables("LOG_LEVEL: info"), Self.variables("CONNECTOR_ISSUER: { from: issuer.url }"),
        ], references: ["M#34"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.flatMap { target -> [Diagnostic] in
            guard let name = target.preset, let preset = context.presets.preset(named: name.value)
            else {
                return []
            }
            var keys: [String: String] = [:]
            for variable in preset.variables where !variable.isOptional {
                if case .plan(let key) = variable.binding { keys[variable.name] = key }
            }
            return target.variables.compactMap { entry in
                guard case .literal = entry.value.value, let key = keys[entry.name.value.text] else { return nil }
                return finding(
                    "\(entry.name.value.text) replaces what the preset fills in from `\(key)`",
                    at: entry.value.span,
                    "a second copy", secondary: [Label(name.span, "has the variable")],
                    help: "remove it, or change the value where the spec has it")
            }
        }
    }
}
