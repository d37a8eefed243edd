package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics

/// One thing that is known to go wrong and can be seen before a deployment.
///
/// A rule is named for the defect and explains itself: its code, its documentation, its examples and its check stand in
/// one file. It reads values and answers findings; it knows no disk, no network and no clock, and never
/// guesses: what it cannot see it does not report.
package protocol Rule: Sendable {
    var documentation: RuleDocumentation { get }
    /// The parts of the spec whose absence the rule concludes from. It does not run while one of them has an error,
    /// since what could not be read is not absent.
    var reads: Set<SpecPart> { get }
    /// True for a rule that compares with the day of the check, and finds nothing where no day is given.
    var needsDate: Bool { get }
    func check(_ context: RuleContext) -> [Diagnostic]
}

/// A rule on what the compiler derived: it runs when there is a plan.
package protocol PlanRule: Rule {
    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic]
}

extension PlanRule {
    package var reads: Set<SpecPart> { Set(SpecPart.allCases) }

    package func check(_ context: RuleContext) -> [Diagnostic] { context.plan.map { check($0, context) } ?? [] }
}

extension Rule {
    package var code: DiagnosticCode { documentation.code }
    package var reads: Set<SpecPart> { [] }
    package var needsDate: Bool { false }

    /// A finding of this rule, with its own severity unless said otherwise.
    func finding(
        _ message: String, at span: Span, _ label: String = "", severity: Severity? = nil, secondary: [Label] = [],
        notes: [String] = [], help: String? = nil, fixes: [FixIt] = []
    ) -> Diagnostic {
        Diagnostic(
            code, severity ?? code.severity, message, at: Label(span, label),
            secondary: secondary, notes: notes, help: help, fixes: fixes)
    }
}
