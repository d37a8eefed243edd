import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// A finding of an earlier phase: of the syntax, of the decoder, or of the planner where a value is impossible. It is
/// documented and tested like every other rule. An error is a hard one; a warning can be allowed.
struct PhaseRule: Rule {
    let documentation: RuleDocumentation

    init(
        _ code: DiagnosticCode, failing: [RuleExample], passing: [RuleExample] = [RuleExample()],
        references: [String] = []
    ) {
        documentation = RuleDocumentation(
            code, isHard: code.severity == .error, failing: failing, passing: passing, references: references)
    }

    func check(_ context: RuleContext) -> [Diagnostic] { [] }
}
