package import WebSyntax

/// A client identifier: 1 to 128 visible ASCII characters without `" \ : @ / ? #`, or the https URL of a metadata
/// document.
package struct ClientID: TextValue {
    package static let noun = "a client id"
    package static let expected =
        "1 to 128 visible ASCII characters without \" \\ : @ / ? #, or an https URL with a path"
    private static let documentRules = HTTPURL.Rules(
        noun: "the URL of a client id metadata document", expected: "https://host/path of a client id metadata document"
    )

    package let text: String
    /// True for the URL of a client id metadata document (CIMD).
    package let isMetadataDocument: Bool

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if text == "null" || text == "undefined" {
            throw InvalidValue("is the word `\(text)`", expected: Self.expected)
        }
        self.text = text
        isMetadataDocument = text.splitScheme != nil
        try isMetadataDocument ? Self.checkDocument(text) : Self.checkOpaque(text)
    }

    private static func checkDocument(_ text: String) throws(InvalidValue) {
        let url = try HTTPURL(parsing: text, as: documentRules)
        if url.scheme != "https" {
            throw InvalidValue(
                "is a metadata document without https", expected: documentRules.expected, kind: .notHTTPS)
        }
        if url.path.isEmpty {
            throw InvalidValue("has no path", expected: documentRules.expected)
        }
    }

    private static func checkOpaque(_ text: String) throws(InvalidValue) {
        if let scalar = text.firstScalar(where: { !isAllowed($0) }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: expected)
        }
        if text.utf8.count > 128 {
            throw InvalidValue("is longer than 128 characters", expected: expected)
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case .quote, .backslash, .colon, .at, .slash, .questionMark, .hash: false
        default: byte.isVisible
        }
    }
}
