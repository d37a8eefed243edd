/// The name of a header field that carries an address: letters, digits and hyphens, as nginx compares them.
package struct HeaderName: TextValue {
    package static let noun = "the name of a header"
    static let expected = "the name of a header like X-Forwarded-For or CF-Connecting-IP"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if text.hasSuffix(":") {
            throw InvalidValue(
                "ends in a colon", expected: Self.expected, suggestion: Self.suggestion(String(text.dropLast())))
        }
        if let scalar = text.firstScalar(where: { !($0.isLetter || $0.isDigit || $0 == .hyphen) }) {
            let hyphened = String(decoding: text.utf8.map { $0 == .underscore ? .hyphen : $0 }, as: UTF8.self)
            throw InvalidValue(
                "holds \(String.display(scalar))", expected: Self.expected,
                suggestion: hyphened == text ? nil : Self.suggestion(hyphened))
        }
        guard text.utf8.count <= 64 else { throw InvalidValue("has more than 64 letters", expected: Self.expected) }
        self.text = text
    }
}
