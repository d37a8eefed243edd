import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let commentInVariable = DiagnosticCode(
        625, "comment-in-variable", .warning,
        summary: "A variable's value holds what looks like a comment.",
        why: "In a quoted value of YAML ` # …` is no comment: the service gets it as part of the value.",
        remedy: "Move the comment out of the quotes, or onto a line of its own.")
}

/// A comment that became a part of a value.
struct CommentInVariableRule: Rule {
    private static func variables(_ entries: String) -> RuleExample {
        RuleExample(
            top: "targets:\n  env:\n    - file: a.env\n      dialect: node\n      variables:\n        \(entries)")
    }

    let documentation = RuleDocumentation(
        .commentInVariable, failing: [Self.variables("PORT: ↓\"8080 # the default\"")],
        passing: [Self.variables("PORT: \"8080\" # the default"), Self.variables("TITLE: \"the #1 of tools\"")],
        references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.flatMap(\.variables).compactMap { variable in
            guard case .literal(let text) = variable.value.value, text.contains(" # ") else { return nil }
            return finding(
                "\(variable.name.value.text) gets the comment as part of its value", at: variable.value.span,
                "holds ` # `", help: "move the comment out of the quotes")
        }
    }
}
