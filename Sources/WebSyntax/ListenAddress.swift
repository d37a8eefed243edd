/// Where `connectorgen-auth` listens: `127.0.0.1:8719`, `[::1]:8719` or `unix:/run/connectorgen/auth.sock`; or, by the
/// name that others reach it by, `auth:8719`.
package struct ListenAddress: TextValue {
    package static let noun = "a listen address"
    package static let expected =
        "127.0.0.1:8719, [::1]:8719, unix:/run/connectorgen/auth.sock, or a container's name like auth:8719"

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
        // A dotted quad with a number too large is no name.
        let isNumber = !SocketAddress.isIPv4(host) && host.utf8.allSatisfy { $0.isDigit || $0 == .dot }
        guard host != LoopbackHost.name, !isNumber, SocketAddress.isHost(host) else {
            let loopback = host == LoopbackHost.name ? port.map { "\(LoopbackHost.ipv4):\($0)" } : nil
            throw InvalidValue(
                host == LoopbackHost.name ? "has a name where an address belongs" : "has no valid host",
                expected: Self.expected, suggestion: loopback, kind: .invalidHost)
        }
        guard let port else { throw InvalidValue("has no port", expected: Self.expected) }
        address = .tcp(host: host, port: port)
    }

    /// True for a name, `auth:8719`: others reach the server by it, which itself listens on every address of its
    /// machine.
    package var isName: Bool {
        if case .tcp(let host, _) = address { SocketAddress.isName(host) } else { false }
    }

    /// True for `0.0.0.0` and `[::]`: every address to listen on, and none to be reached at.
    package var isUnspecified: Bool {
        guard case .tcp(let host, _) = address else { return false }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return NumericAddress.bytes(bare)?.allSatisfy { $0 == 0 } ?? false
    }

    /// True when only this machine can reach it.
    package var isLocal: Bool {
        switch address {
        case .unix: true
        case .tcp(let host, _): host == LoopbackHost.ipv6 || host.hasPrefix("127.")
        }
    }
}
