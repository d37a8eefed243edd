package import WebSyntax

/// Names a realm of Keycloak: 1 to 255 letters, digits and `-._~`.
///
/// Keycloak takes more (a blank, a quotation mark), which its issuer would hold percent-encoded; it refuses
/// `: / ? # @ ! $ & ( * + , ; = [ \` (measured on 26.5.6 and 26.7.3).
package struct RealmName: TextValue {
    package static let noun = "a realm's name"
    static let expected = "1 to 255 letters, digits, and `-._~`"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if let scalar = text.firstScalar(where: { !$0.isUnreserved }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        if text == "." || text == ".." { throw InvalidValue("is a dot segment of a path", expected: Self.expected) }
        if text.utf8.count > 255 { throw InvalidValue("is longer than 255 characters", expected: Self.expected) }
        self.text = text
    }
}
