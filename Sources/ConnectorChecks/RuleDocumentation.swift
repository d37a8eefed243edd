package import Diagnostics

/// What a rule shows beside the page of its code: specs that have the defect and specs that do not, all of them tested.
package struct RuleDocumentation: Sendable {
    package let code: DiagnosticCode
    /// True where nothing can be built, or the server does not start, as long as the finding is there: no comment
    /// allows it.
    package let isHard: Bool
    /// Specs that have the defect; `↓` stands before what the finding points at.
    package let failing: [RuleExample]
    /// Near misses, without the defect.
    package let passing: [RuleExample]
    /// Rows of the catalogue of field mistakes (`M#70`), RFC sections.
    package let references: [String]

    package init(
        _ code: DiagnosticCode, isHard: Bool = false, failing: [RuleExample], passing: [RuleExample],
        references: [String]
    ) {
        self.code = code
        self.isHard = isHard
        self.failing = failing
        self.passing = passing
        self.references = references
    }
}
