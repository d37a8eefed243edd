package import Diagnostics

/// What a rule says of itself: `connectorgen explain CG301` prints it, and the page of rules is made of it.
package struct RuleDocumentation: Sendable {
    package let code: DiagnosticCode
    package let severity: Severity
    /// One line: what is found.
    package let summary: String
    /// What happens to those who have it.
    package let why: String
    package let remedy: String
    /// Specs that have the defect; `↓` stands before what the finding points at.
    package let failing: [RuleExample]
    /// Near misses, without the defect.
    package let passing: [RuleExample]
    /// Rows of the catalogue of field mistakes (`M#70`), RFC sections.
    package let references: [String]

    package init(
        _ code: DiagnosticCode, _ severity: Severity = .error, summary: String, why: String, remedy: String,
        failing: [RuleExample], passing: [RuleExample], references: [String]
    ) {
        self.code = code
        self.severity = severity
        self.summary = summary
        self.why = why
        self.remedy = remedy
        self.failing = failing
        self.passing = passing
        self.references = references
    }

    /// The documentation as Markdown, under a heading of the given level.
    package func markdown(level: Int = 2) -> String {
        var text = "\(String(repeating: "#", count: level)) \(code) \(code.name)\n\n"
        text += "\(summary) (\(severity.rawValue))\n\n"
        text += "**Why it matters.** \(why)\n\n**What to do.** \(remedy)\n\n"
        text += Self.markdown("Found", failing) + Self.markdown("Not found", passing)
        if !references.isEmpty { text += "See \(references.joined(separator: ", ")).\n\n" }
        return text
    }

    /// The documentation for a terminal.
    package var plainText: String {
        var text = "\(code) \(code.name) (\(severity.rawValue))\n\n\(summary)\n\n"
        text += "Why it matters: \(why)\n\nWhat to do: \(remedy)\n\n"
        for (title, examples) in [("Found:", failing), ("Not found:", passing)] {
            for example in examples {
                let lines = example.excerpt.split(separator: "\n", omittingEmptySubsequences: false)
                text += "\(title)\n\n" + lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined() + "\n"
            }
        }
        if !references.isEmpty { text += "See \(references.joined(separator: ", ")).\n" }
        return text
    }

    private static func markdown(_ title: String, _ examples: [RuleExample]) -> String {
        examples.map { "\(title):\n\n```yaml\n\($0.excerpt)\n```\n\n" }.joined()
    }
}
