/// The name of a request header by which an application learns who is calling: `X-User-Id`.
///
/// Letters, digits and hyphens, since servers take an underscore for a hyphen; none that says something else to nginx
/// or to the application.
package struct IdentityHeaderName: TextValue {
    package static let noun = "a header name"
    package static let expected = "2 to 32 letters, digits and hyphens, a letter first, like X-User-Id"

    /// In lower case. What the edge sets itself, and what HTTP gives a meaning to (RFC 9110, RFC 6454, Fetch).
    private static let reserved: Set<String> = [
        "accept", "authorization", "connection", "cookie", "date", "expect", "forwarded", "from", "host", "keep-alive",
        "last-event-id", "max-forwards", "origin", "pragma", "range", "referer", "te", "trailer", "transfer-encoding",
        "upgrade", "user-agent", "via", "x-real-ip", "x-mcp-authorization", "x-mcp-challenge", "x-mcp-origin",
        "x-mcp-resource", "x-original-method", "x-original-uri",
    ]
    private static let reservedFamilies = [
        "accept-", "access-control-", "cache-", "content-", "if-", "mcp-", "proxy-", "sec-", "x-forwarded-for",
        "x-forwarded-host", "x-forwarded-port", "x-forwarded-prefix", "x-forwarded-proto", "x-forwarded-uri",
        "x-http-method", "x-method-",
    ]

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        if let scalar = text.firstScalar(where: { !$0.isAlphanumeric && $0 != .hyphen }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        guard (2...32).contains(text.utf8.count), text.utf8.first?.isLetter == true else {
            throw InvalidValue("is no name of a header", expected: Self.expected)
        }
        let lower = text.asciiLowercased
        if Self.reserved.contains(lower) || Self.reservedFamilies.contains(where: lower.hasPrefix) {
            throw InvalidValue("has a meaning of its own", expected: "a name for who is calling, like X-User-Id")
        }
        self.text = text
    }
}
