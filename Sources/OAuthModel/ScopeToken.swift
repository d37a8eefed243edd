package import WebSyntax

/// One scope token (RFC 6749 §3.3).
package struct ScopeToken: TextValue {
    package static let noun = "a scope"
    package static let expected = "one scope like mcp.tools"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if text.utf8.contains(0x20) {
            let list = text.split(separator: " ").joined(separator: ", ")
            throw InvalidValue("holds several scopes in one text", expected: "a list: [\(list)]")
        }
        if let scalar = text.firstScalar(where: { !$0.isVisible || $0 == .quote || $0 == .backslash }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        if text.utf8.count > 128 {
            throw InvalidValue("is longer than 128 characters", expected: Self.expected)
        }
        self.text = text
    }
}
