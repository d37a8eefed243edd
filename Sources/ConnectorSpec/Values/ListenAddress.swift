import Diagnostics

/// Where `connectorgen-auth` listens: `127.0.0.1:8719`, `[::1]:8719` or `unix:/run/connectorgen/auth.sock`.
package struct ListenAddress: SpecValue {
    package static let noun = "a listen address"
    static let expected = "127.0.0.1:8719, [::1]:8719 or unix:/run/connectorgen/auth.sock"

    package let text: String
    package let address: UpstreamURL.Address

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, code: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        self.text = text
        if let path = try SocketAddress.unixPath(text, expected: Self.expected) {
            address = .unix(path: path)
            return
        }
        if let (_, rest) = text.splitScheme {
            throw InvalidValue(
                "has a scheme", expected: Self.expected, suggestion: Self.suggestion(String(rest)))
        }
        if text.utf8.allSatisfy(\.isDigit) || text.hasPrefix(":") {
            let digits = text.hasPrefix(":") ? String(text.dropFirst()) : text
            throw InvalidValue(
                "has no address", expected: Self.expected, suggestion: Self.suggestion("127.0.0.1:" + digits))
        }
        let (host, port) = try SocketAddress.split(text[...], expected: Self.expected)
        guard SocketAddress.isIPv4(host) || SocketAddress.isIPv6(host) else {
            let loopback = host == "localhost" ? port.map { "127.0.0.1:\($0)" } : nil
            throw InvalidValue(
                "has a name where an address belongs", expected: Self.expected, suggestion: loopback,
                code: .invalidHost)
        }
        guard let port else { throw InvalidValue("has no port", expected: Self.expected) }
        address = .tcp(host: host, port: port)
    }
}
