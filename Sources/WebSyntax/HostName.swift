/// A lower-case DNS name or a loopback literal, without scheme, port or trailing dot.
///
/// Loopback literals are `127.0.0.1` and `[::1]`, the latter with its brackets as URLs have it. Other
/// addresses are refused: certificates, cookies and trusted hosts all speak of names.
package struct HostName: TextValue {
    package static let noun = "a host name"
    package static let expected = "a lower-case host name like mcp.example.com"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        try Self.refuseForeignParts(of: text)
        if text == LoopbackHost.ipv6 || text == LoopbackHost.ipv4 {
            self.text = text
            return
        }
        if let scalar = text.firstScalar(where: { !($0.isLetter || $0.isDigit || $0 == .hyphen || $0 == .dot) }) {
            let hint = scalar.value > 0x7F ? "; write an international name in its xn-- form" : ""
            throw InvalidValue(
                "holds \(String.display(scalar)), which no host name has\(hint)", expected: Self.expected,
                suggestion: Punycode.host(text).flatMap { Self.suggestion($0) }, kind: .invalidHost)
        }
        if text.utf8.contains(where: \.isUppercase) {
            throw InvalidValue(
                "has upper-case letters", expected: Self.expected, suggestion: Self.suggestion(text.asciiLowercased),
                kind: .invalidHost)
        }
        try Self.checkLabels(of: text)
        self.text = text
    }

    /// True for the hosts that never leave the machine, on which plain http is allowed.
    package var isLoopback: Bool { LoopbackHost.contains(text) }

    private static func refuseForeignParts(of text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: expected)
        if let (_, rest) = text.splitScheme {
            let host = String(rest.prefix { $0 != "/" && $0 != ":" })
            throw InvalidValue(
                "has a scheme", expected: expected, suggestion: suggestion(host), kind: .invalidHost)
        }
        if text != "[::1]", text.hasPrefix("["), text.hasSuffix("]") {
            throw InvalidValue("is an IPv6 address", expected: expected + ", or [::1]", kind: .invalidHost)
        }
        if text != "[::1]", let colon = text.utf8.firstIndex(of: .colon) {
            throw InvalidValue(
                "has a port", expected: expected, suggestion: suggestion(String(text[..<colon])), kind: .invalidHost)
        }
        if let slash = text.utf8.firstIndex(of: .slash) {
            throw InvalidValue(
                "has a path", expected: expected, suggestion: suggestion(String(text[..<slash])), kind: .invalidHost)
        }
        if text.utf8.contains(.star) {
            throw InvalidValue("has a wildcard", expected: expected, kind: .invalidHost)
        }
        if text.hasSuffix(".") {
            throw InvalidValue(
                "ends in a dot", expected: expected, suggestion: suggestion(String(text.dropLast())),
                kind: .invalidHost)
        }
    }

    private static func checkLabels(of text: String) throws(InvalidValue) {
        guard text.utf8.count <= 253 else {
            throw InvalidValue("is longer than 253 characters", expected: expected, kind: .invalidHost)
        }
        let labels = text.utf8.split(separator: .dot, omittingEmptySubsequences: false)
        for label in labels {
            if label.isEmpty { throw InvalidValue("has an empty label", expected: expected, kind: .invalidHost) }
            if label.count > 63 {
                throw InvalidValue("has a label longer than 63 characters", expected: expected, kind: .invalidHost)
            }
            if label.first == .hyphen || label.last == .hyphen {
                throw InvalidValue(
                    "has a label that begins or ends with a hyphen", expected: expected, kind: .invalidHost)
            }
        }
        if let last = labels.last, last.allSatisfy(\.isDigit) {
            throw InvalidValue(
                "is an IP address", expected: expected + ", or 127.0.0.1", kind: .invalidHost)
        }
    }
}

extension String {
    /// What stands before and behind `://`.
    package var splitScheme: (scheme: Substring, rest: Substring)? {
        let bytes = utf8
        guard let colon = bytes.firstIndex(of: .colon) else { return nil }
        let behind = bytes[bytes.index(after: colon)...]
        guard behind.starts(with: [.slash, .slash]) else { return nil }
        return (self[..<colon], self[bytes.index(colon, offsetBy: 3)...])
    }
}
