import Glibc

/// Where a server listens: `127.0.0.1:8719`, `[::1]:8719` or `unix:/run/connectorgen/auth.sock`.
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 or IPv6 address in its usual spelling, without brackets; port 0 lets the system choose.
    case tcp(host: String, port: UInt16)
    /// An absolute path.
    case unix(path: String)

    package init(_ text: String) throws(HTTPServerError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), !path.hasSuffix("/"), !path.utf8.contains(0),
                path.utf8.count <= Self.longestPath
            else { throw .malformedAddress(text) }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            throw .malformedAddress(text)
        }
        var host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        let address = Self.tcp(host: String(host), port: port)
        guard address.family == (isBracketed ? AF_INET6 : AF_INET) else { throw .malformedAddress(text) }
        self = address
    }

    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// `sun_path` less its NUL.
    private static let longestPath = 107

    private static func port(_ digits: Substring) -> UInt16? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt16(digits)
    }

    /// `AF_INET`, `AF_INET6` or `AF_UNIX`; nil for a host that is no address.
    var family: Int32? {
        guard case .tcp(let host, _) = self else { return AF_UNIX }
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return AF_INET }
        return inet_pton(AF_INET6, host, &six) == 1 ? AF_INET6 : nil
    }

    /// True for what only this machine can reach.
    var isLocal: Bool {
        guard case .tcp(let host, _) = self else { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        var six = in6_addr()
        guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }
}
