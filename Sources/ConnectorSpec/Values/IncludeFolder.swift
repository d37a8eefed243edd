import Diagnostics
package import WebSyntax

/// A folder as nginx's `include` names it: absolute, or relative to the folder of `nginx.conf`.
///
/// Unreserved characters and `/` only: nginx takes `*`, `?` and `[` for a pattern, and a pattern that finds no file is
/// no error, so that a location would go without its lines.
package struct IncludeFolder: TextValue {
    package static let noun = "a folder"
    static let expected = "a folder like /etc/nginx/connectorgen, of letters, digits and - . _ ~"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if let scalar = text.firstScalar(where: { !$0.isUnreserved && $0 != .slash }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        guard text.utf8.count <= 1024 else {
            throw InvalidValue("has more than 1024 characters", expected: Self.expected)
        }
        let isAbsolute = text.utf8.first == .slash
        let segments = text.utf8.dropFirst(isAbsolute ? 1 : 0).split(
            separator: .slash, omittingEmptySubsequences: false)
        for segment in segments where segment.elementsEqual([.dot]) || segment.elementsEqual([.dot, .dot]) {
            throw InvalidValue("has a dot segment", expected: Self.expected)
        }
        if text != "/", segments.last?.isEmpty == true {
            throw InvalidValue(
                "has a trailing slash", expected: Self.expected, suggestion: Self.suggestion(String(text.dropLast())),
                kind: .trailingSlash)
        }
        guard segments.allSatisfy({ !$0.isEmpty }) else {
            throw InvalidValue("has an empty segment", expected: Self.expected)
        }
        self.text = text
    }
}
