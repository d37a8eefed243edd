/// A path of exact bytes: starts with one `/`, unreserved characters and `/` only, no dot segments, no trailing slash
/// unless it is `/`.
///
/// So narrow that it means the same to nginx, to a shell, to a regular expression's author and to
/// every client, without any encoding.
package struct RoutePath: TextValue {
    package static let noun = "a path"
    package static let expected = "a path like /mcp of letters, digits and - . _ ~"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        try self.init(parsing: text, allowsTrailingSlash: false)
    }

    /// URLs of other parties may end in a slash, which is then part of their identity.
    init(parsing text: String, allowsTrailingSlash: Bool) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        guard text.utf8.first == .slash else {
            let suggestion = text.splitScheme == nil ? Self.suggestion("/" + text) : Self.path(ofURL: text)
            throw InvalidValue(
                text.splitScheme == nil ? "does not begin with a slash" : "is a URL", expected: Self.expected,
                suggestion: suggestion)
        }
        if let scalar = text.firstScalar(where: { !$0.isUnreserved && $0 != .slash }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        try Self.checkSegments(of: text, allowsTrailingSlash: allowsTrailingSlash)
        self.text = text
    }

    private static func checkSegments(of text: String, allowsTrailingSlash: Bool) throws(InvalidValue) {
        guard text != "/" else { return }
        let segments = text.utf8.dropFirst().split(separator: .slash, omittingEmptySubsequences: false)
        for segment in segments.dropLast() where segment.isEmpty {
            throw InvalidValue("has an empty segment", expected: expected)
        }
        for segment in segments where segment.elementsEqual([.dot]) || segment.elementsEqual([.dot, .dot]) {
            throw InvalidValue("has a dot segment", expected: expected)
        }
        if !allowsTrailingSlash, segments.last?.isEmpty == true {
            throw InvalidValue(
                "has a trailing slash", expected: expected, suggestion: suggestion(String(text.dropLast())),
                kind: .trailingSlash)
        }
    }

    private static func path(ofURL text: String) -> String? {
        guard let (_, rest) = text.splitScheme, let slash = rest.utf8.firstIndex(of: .slash) else { return nil }
        return suggestion(String(rest[slash...]))
    }
}
