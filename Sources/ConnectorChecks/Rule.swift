package import Diagnostics

/// One thing that is known to go wrong and can be seen before a deployment.
///
/// A rule is named for the defect and explains itself: its documentation, its examples and its check stand in one
/// file. It reads values and answers findings; it knows no disk, no network and no clock, and never
/// guesses: what it cannot see it does not report.
package protocol Rule: Sendable {
    var documentation: RuleDocumentation { get }
    func check(_ context: RuleContext) -> [Diagnostic]
}

extension Rule {
    package var code: DiagnosticCode { documentation.code }

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
