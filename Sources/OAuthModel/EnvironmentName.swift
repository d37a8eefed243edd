package import WebSyntax

/// `[A-Za-z_][A-Za-z0-9_]*`, none that changes how a process behaves (`PATH`, `LD_*`, …).
package struct EnvironmentName: TextValue {
    package static let noun = "an environment variable name"
    package static let expected = "a name of letters, digits and underscores like MCP_PUBLIC_URL"
    /// Names that a loader, shell or runtime acts on by itself.
    private static let reserved: Set<String> = [
        "PATH", "BASH_ENV", "ENV", "IFS", "SHELLOPTS", "BASHOPTS", "NODE_OPTIONS", "PYTHONPATH", "PYTHONSTARTUP",
        "PYTHONHOME", "HOME", "TZ",
    ]

    package static let mayBeShown = false
    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if let scalar = text.firstScalar(where: { !($0.isLetter || $0.isDigit || $0 == .underscore) }) {
            let underscored = String(decoding: text.utf8.map { $0 == .hyphen ? .underscore : $0 }, as: UTF8.self)
            throw InvalidValue(
                "holds \(String.display(scalar))", expected: Self.expected,
                suggestion: underscored == text ? nil : Self.suggestion(underscored))
        }
        if text.utf8.first?.isDigit == true {
            throw InvalidValue("begins with a digit", expected: Self.expected)
        }
        if Self.reserved.contains(text) || text.hasPrefix("LD_") {
            throw InvalidValue(
                "changes how the process itself runs", expected: "a name that only this service reads",
                kind: .reservedEnvironmentName)
        }
        self.text = text
    }
}
