/// What reports tell of a rule beside its findings.
package struct RuleDescription: Hashable, Sendable {
    package let code: DiagnosticCode
    /// The severity of its findings unless someone decides otherwise.
    package let severity: Severity
    /// One line, lower case, without a full stop.
    package let summary: String
    /// Why it matters; Markdown.
    package let explanation: String
    /// How to put it right; Markdown.
    package let remedy: String
    /// The CVSS-like number of SARIF's `security-severity`, such as `7.5`; nil when it is no matter of security.
    package let securitySeverity: String?

    package init(
        _ code: DiagnosticCode,
        _ severity: Severity = .error,
        summary: String,
        explanation: String = "",
        remedy: String = "",
        securitySeverity: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.summary = summary
        self.explanation = explanation
        self.remedy = remedy
        self.securitySeverity = securitySeverity
    }
}
