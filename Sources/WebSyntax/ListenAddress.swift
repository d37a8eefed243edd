/// Where `connectorgen-auth` listens: `127.0.0.1:8719`, `[::1]:8719` or `unix:/run/connectorgen/auth.sock`.
package struct ListenAddress: TextValue {
    package static let noun = "a listen address"
    package static let expected = "127.0.0.1:8719, [::1]:8719 or unix:/run/connectorgen/auth.sock"

    package let text: String
    package let address: UpstreamURL.Address

    /// `127.0.0.1` and a port from 1 to 65535.
    package static func loopback(port: Int) -> ListenAddress {
        ListenAddress(text: "\(LoopbackHost.ipv4):\(port)", address: .tcp(host: LoopbackHost.ipv4, port: port))
    }

    private init(text: String, address: UpstreamURL.Address) {
        self.text = text
        self.address = address
    }

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
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
                kind: .invalidHost)
        }
        guard let port else { throw InvalidValue("has no port", expected: Self.expected) }
        address = .tcp(host: host, port: port)
    }

    /// True when only this machine can reach it.
    package var isLocal: Bool {
        switch address {
        case .unix: true
        case .tcp(let host, _): host == LoopbackHost.ipv6 || host.hasPrefix("127.")
        }
    }
}
