/// A host that may register clients: exact, or `*.example.org`.
///
/// The host part of a private-use redirect counts as a host (`anysphere.cursor-mcp` of
/// `cursor://anysphere.cursor-mcp/oauth/callback`).
package struct HostPattern: TextValue {
    package static let noun = "a host name or `*.domain`"
    package static let expected = "a lower-case host name like chatgpt.com, or *.example.org"

    package let text: String
    /// True for `*.domain`.
    package let isWildcard: Bool

    package init(parsing text: String) throws(InvalidValue) {
        if text == "*" || text == "*." {
            throw InvalidValue(
                "would let every host on the internet register", expected: Self.expected, kind: .wildcardTrustedHost)
        }
        let isWildcard = text.hasPrefix("*.")
        let prefix = isWildcard ? "*." : ""
        let host = isWildcard ? String(text.dropFirst(2)) : text
        if host.utf8.contains(.star) {
            throw InvalidValue(
                "has a wildcard in another place than its first label", expected: Self.expected,
                kind: .wildcardTrustedHost)
        }
        do throws(InvalidValue) {
            let name = try HostName(parsing: host)
            guard name.isLoopback || host.utf8.contains(.dot) else {
                throw InvalidValue(
                    isWildcard ? "would let a whole top-level domain register" : "is a single label",
                    expected: Self.expected, kind: isWildcard ? .wildcardTrustedHost : .invalidHost)
            }
        } catch {
            throw InvalidValue(
                error.problem, expected: Self.expected,
                suggestion: error.suggestion.map { prefix + $0 },
                kind: error.kind)
        }
        if isWildcard, host.utf8.allSatisfy({ $0.isDigit || $0 == .dot }) {
            throw InvalidValue("has a wildcard before an address", expected: Self.expected, kind: .wildcardTrustedHost)
        }
        self.text = text
        self.isWildcard = isWildcard
    }

    /// True for hosts that the pattern covers; `*.example.org` covers every host below example.org, not itself.
    package func covers(_ host: String) -> Bool {
        isWildcard ? host.hasSuffix(text.dropFirst()) && host.utf8.count > text.utf8.count - 1 : host == text
    }
}
