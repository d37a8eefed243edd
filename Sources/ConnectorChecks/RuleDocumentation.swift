package import Diagnostics

/// What a rule shows beside the page of its code: specs that have the defect and specs that do not, all of them tested.
package struct RuleDocumentation: Sendable {
    package let code: DiagnosticCode
    /// Specs that have the defect; `↓` stands before what the finding points at.
    package let failing: [RuleExample]
    /// Near misses, without the defect.
    package let passing: [RuleExample]
    /// Rows of the catalogue of field mistakes (`M#70`), RFC sections.
    package let references: [String]

    package init(_ code: DiagnosticCode, failing: [RuleExample], passing: [RuleExample], references: [String]) {
        self.code = code
        self.failing = failing
        self.passing = passing
        self.references = references
    }
}
