/// The SHA-256 of a secret in hexadecimal, which may stand in a spec where the secret may not.
package struct SHA256Digest: SpecValue {
    package static let noun = "a SHA-256 in hexadecimal"
    static let expected = "64 lower-case hexadecimal digits"

    package let text: String

    /// What is no digest may be the secret itself; whoever reports it does not repeat the text.
    package init(parsing text: String) throws(InvalidValue) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
            throw InvalidValue("is no SHA-256", expected: Self.expected)
        }
        self.text = text
    }
}
