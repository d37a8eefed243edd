/// Where a server listens: `127.0.0.1:8719`, `[::1]:8719` or `unix:/run/connectorgen/auth.sock`.
package enum ListenEndpoint: Hashable, Sendable {
    /// An address literal without brackets, and a port from 1 to 65535.
    case tcp(address: String, port: Int)
    /// An absolute path that fits into `sockaddr_un`.
    case unix(path: String)

    /// Nil when the text is none of the three.
    package init?(parsing text: String) {
        if text.utf8.starts(with: "unix:".utf8) {
            let path = text.utf8.dropFirst(5)
            guard path.first == UInt8(ascii: "/"), path.count > 1, path.count <= 107,
                path.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { return nil }
            self = .unix(path: String(Substring(path)))
            return
        }
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let digits = text.utf8[text.utf8.index(after: colon)...]
        guard !digits.isEmpty, digits.count <= 5, digits.allSatisfy(Self.isDigit), digits.first != UInt8(ascii: "0"),
            let port = Int(Substring(digits)), port <= 65535
        else { return nil }
        let host = text.utf8[..<colon]
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            let address = host.dropFirst().dropLast()
            guard address.contains(UInt8(ascii: ":")), address.allSatisfy(Self.isIPv6) else { return nil }
            self = .tcp(address: String(Substring(address)), port: port)
        } else {
            guard Self.isIPv4(host) else { return nil }
            self = .tcp(address: String(Substring(host)), port: port)
        }
    }

    /// True when only this machine can reach it.
    package var isLocal: Bool {
        switch self {
        case .unix: true
        case .tcp(let address, _): address == "::1" || address.utf8.starts(with: "127.".utf8)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isIPv6(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
            || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }

    private static func isIPv4(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard !part.isEmpty, part.count <= 3, part.allSatisfy(isDigit), let value = Int(Substring(part)) else {
                    return false
                }
                return value <= 255 && (part.count == 1 || part.first != UInt8(ascii: "0"))
            }
    }
}
