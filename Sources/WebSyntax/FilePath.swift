/// An absolute path on the machine that runs the server: secrets, users and stores.
package struct FilePath: TextValue {
    package static let noun = "an absolute path"
    package static let expected = "an absolute path like /var/lib/connectorgen/auth.db"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        guard text.utf8.first == .slash else {
            throw InvalidValue("is not an absolute path", expected: Self.expected)
        }
        if let scalar = text.firstScalar(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        let segments = text.utf8.dropFirst().split(separator: .slash, omittingEmptySubsequences: false)
        if segments.contains(where: { $0.elementsEqual([.dot]) || $0.elementsEqual([.dot, .dot]) }) {
            throw InvalidValue("has a dot segment", expected: Self.expected)
        }
        if segments.last?.isEmpty == true {
            throw InvalidValue("names a folder, not a file", expected: Self.expected)
        }
        self.text = text
    }
}
