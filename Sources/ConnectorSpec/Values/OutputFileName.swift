package import WebSyntax

/// The name of one generated file: no slash, no leading dot or hyphen.
package struct OutputFileName: TextValue {
    package static let noun = "a file name"
    static let expected = "a file name like mcp.env of letters, digits and - . _, without folders"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if text.utf8.contains(.slash) {
            let name = text.split(separator: "/").last.map(String.init) ?? ""
            throw InvalidValue("names a folder", expected: Self.expected, suggestion: Self.suggestion(name))
        }
        if let first = text.utf8.first, first == .dot || first == .hyphen {
            throw InvalidValue(
                "begins with a \(first == .dot ? "dot" : "hyphen")", expected: Self.expected,
                suggestion: Self.suggestion("connector" + text))
        }
        if let scalar = text.firstScalar(where: { !$0.isUnreserved || $0 == .tilde }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        if text.utf8.count > 128 {
            throw InvalidValue("is longer than 128 characters", expected: Self.expected)
        }
        self.text = text
    }
}
