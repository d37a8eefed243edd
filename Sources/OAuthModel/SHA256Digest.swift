package import WebSyntax

/// The SHA-256 of a secret in hexadecimal, which may stand in a spec where the secret may not.
package struct SHA256Digest: TextValue {
    package static let noun = "a SHA-256 in hexadecimal"
    package static let expected = "64 lower-case hexadecimal digits"

    package static let mayBeShown = false
    package let text: String

    /// What is no digest may be the secret itself; whoever reports it does not repeat the text.
    package init(parsing text: String) throws(InvalidValue) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
            throw InvalidValue("is no SHA-256", expected: Self.expected)
        }
        self.text = text
    }
}
