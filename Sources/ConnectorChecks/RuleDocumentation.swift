package import Diagnostics

/// What a rule shows beside the page of its code: specs that have the defect and specs that do not, all of them tested.
package struct RuleDocumentation: Sendable {
    package let code: DiagnosticCode
    /// True where nothing can be built, or the server does not start, as long as the finding is there: no comment
    /// allows it.
    package let isHard: Bool
    /// Specs that have the defect; `↓` stands before what the finding points at.
    package var failing: [RuleExample] { makeFailing() }
    /// Near misses, without the defect.
    package var passing: [RuleExample] { makePassing() }
    /// Rows of the catalogue of field mistakes (`M#70`), RFC sections.
    package let references: [String]

    /// Examples are for pages and tests. A run that checks a spec makes none: with hundreds of rules they would be a
    /// third of its work.
    private let makeFailing: @Sendable () -> [RuleExample]
    private let makePassing: @Sendable () -> [RuleExample]

    package init(
        _ code: DiagnosticCode, isHard: Bool = false, failing: @autoclosure @escaping @Sendable () -> [RuleExample],
        passing: @autoclosure @escaping @Sendable () -> [RuleExample], references: [String]
    ) {
        self.code = code
        self.isHard = isHard
        makeFailing = failing
        makePassing = passing
        self.references = references
    }
}
