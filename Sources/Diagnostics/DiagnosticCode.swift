/// The stable name of one kind of finding, `CG301` with a readable name beside it, and its page: what it finds, why
/// that matters and what to do. A code cannot exist without its page. A number is never used again for something
/// else.
///
/// Ranges: 0xx YAML, 1xx shape of the spec, 2xx issuer and URLs, 3xx clients and tokens, 4xx routes and
/// aliases, 5xx trusted hosts, 6xx env and secrets, 7xx server policy, 8xx drift, 9xx templates and
/// artifacts.
package struct DiagnosticCode: Sendable {
    package let number: Int
    /// Kebab case, named for the defect: `client-id-null`.
    package let name: String
    /// The severity of its findings unless someone decides otherwise.
    package let severity: Severity
    /// One sentence: what is found; Markdown, as are the next two.
    package let summary: String
    /// What happens to those who have it.
    package let why: String
    /// How to put it right.
    package let remedy: String
    /// The CVSS-like number of SARIF's `security-severity`, such as `7.5`; nil when it is no matter of security.
    package let securitySeverity: String?

    package init(
        _ number: Int, _ name: String, _ severity: Severity = .error, summary: String, why: String, remedy: String,
        securitySeverity: String? = nil
    ) {
        self.number = number
        self.name = name
        self.severity = severity
        self.summary = summary
        self.why = why
        self.remedy = remedy
        self.securitySeverity = securitySeverity
    }
}

// Codes are told apart by their numbers.
extension DiagnosticCode: Hashable, Comparable {
    package static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.number == right.number }

    package static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.number < right.number }

    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension DiagnosticCode: CustomStringConvertible {
    package var description: String { Self.numbered(number) }

    /// `CG` and three digits.
    package static func numbered(_ number: Int) -> String {
        let digits = String(number)
        return "CG" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
    }
}
