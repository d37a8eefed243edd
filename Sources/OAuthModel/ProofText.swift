package import WebSyntax

/// The token by which a vendor sees that a host is ours: what the vendor's page shows, on one line.
package struct ProofText: TextValue {
    package static let noun = "a verification token"
    package static let expected = "1 to 512 letters, digits and - . _ ~ + / = : without spaces"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        let marks = Set("+/=:".utf8)
        guard (1...512).contains(text.utf8.count) else {
            throw InvalidValue("has \(text.utf8.count) bytes", expected: Self.expected)
        }
        if let scalar = text.firstScalar(where: { scalar in
            UInt8(exactly: scalar).map { !$0.isUnreserved && !marks.contains($0) } ?? true
        }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        self.text = text
    }
}
