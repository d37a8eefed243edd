import ConnectorSpec
import Diagnostics

/// A rule that is settled while the spec is read: the grammar of a value, the shape of a section. It is
/// documented and tested like every other rule.
struct ReadingRule: Rule {
    let documentation: RuleDocumentation

    init(
        _ code: DiagnosticCode, failing: [RuleExample], passing: [RuleExample] = [RuleExample()],
        references: [String] = []
    ) {
        documentation = RuleDocumentation(code, failing: failing, passing: passing, references: references)
    }

    func check(_ context: RuleContext) -> [Diagnostic] { [] }
}
