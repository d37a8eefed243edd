import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let emptyVariable = DiagnosticCode(
        609, "empty-variable", .warning,
        summary: "A variable is set to nothing.",
        why:
            "Services take an empty variable for one that is not set, for `false`, or for a value; each does another thing.",
        remedy: "Write the value, or leave the variable out.")
}

/// A variable without a value.
struct EmptyVariableRule: Rule {
    private static func variables(_ entries: String) -> RuleExample {
        RuleExample(top: "targets:\n  env:\n    - { file: a.env, dialect: node, variables: { \(entries) } }")
    }

    let documentation = RuleDocumentation(
        .emptyVariable, failing: [Self.variables("PORT: ↓\"\"")], passing: [Self.variables("PORT: \"0\"")],
        references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.flatMap(\.variables).compactMap { variable in
            guard case .literal(let text) = variable.value.value, text.isEmpty else { return nil }
            return finding(
                "\(variable.name.value.text) is set to nothing", at: variable.value.span, "empty",
                help: "write the value, or leave the variable out")
        }
    }
}
