package import WebSyntax

/// How an application's own tokens begin, which go to it untouched: `pat_`.
///
/// None that a signed token begins with, nor one of `connectorgen-auth`: whatever begins so would reach the application
/// with nobody having looked at it.
package struct TokenPrefix: TextValue {
    package static let noun = "the beginning of a token"
    package static let expected = "3 to 64 letters, digits and - . _ ~ + / like pat_"

    /// What the tokens and codes of `connectorgen-auth` have in common.
    package static let own = "cg"
    /// The base64url of `{"`, of `{` before a space, a line end or a tab: how the header of every JWT begins.
    private static let signed = ["eyJ", "eyA", "ewo", "ew0", "ewk"]

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if let scalar = text.firstScalar(where: {
            !$0.isUnreserved && $0 != .slash && $0 != UInt8(ascii: "+")
        }) {
            let hint = scalar == "*" ? ", which a beginning needs none of" : ""
            throw InvalidValue("holds \(String.display(scalar))\(hint)", expected: Self.expected)
        }
        guard (3...64).contains(text.utf8.count) else {
            let problem = text.utf8.count < 3 ? "is so short that other tokens begin with it" : "is too long"
            throw InvalidValue(problem, expected: Self.expected)
        }
        if Self.signed.contains(where: text.hasPrefix) {
            throw InvalidValue("is how signed tokens (JWT) begin", expected: "what no JWT begins with")
        }
        if text.hasPrefix(Self.own), text.utf8.count < 5 || text.utf8.dropFirst(4).first == UInt8(ascii: "_") {
            throw InvalidValue(
                "is how tokens of connectorgen-auth begin", expected: "what none of its tokens begins with, like pat_")
        }
        self.text = text
    }
}
