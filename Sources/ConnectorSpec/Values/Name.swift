package import WebSyntax

/// Names a deployment, a connector or a realm: `[a-z][a-z0-9-]{0,62}`; it becomes part of file and upstream names.
package struct Name: TextValue {
    package static let noun = "a name of lower-case letters, digits and hyphens"
    static let expected = "1 to 63 lower-case letters, digits and hyphens, a letter first"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if let scalar = text.firstScalar(where: { !($0.isLowercase || $0.isDigit || $0 == .hyphen) }) {
            let lowered = text.asciiLowercased.utf8.map { $0 == .underscore || $0 == .dot ? UInt8.hyphen : $0 }
            let spelled = String(decoding: lowered, as: UTF8.self)
            throw InvalidValue(
                "holds \(String.display(scalar))", expected: Self.expected,
                suggestion: spelled == text ? nil : Self.suggestion(spelled))
        }
        if text.utf8.first?.isLowercase != true {
            throw InvalidValue("does not begin with a letter", expected: Self.expected)
        }
        if text.utf8.count > 63 {
            throw InvalidValue("is longer than 63 characters", expected: Self.expected)
        }
        self.text = text
    }
}
