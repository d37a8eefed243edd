/// Parsing shared by upstream and listen addresses: `host:port` and `unix:/path`.
enum SocketAddress {
    /// The path of `unix:/path`; nginx ends it at a colon, so only plain path characters pass.
    static func unixPath(_ text: String, expected: String) throws(InvalidValue) -> String? {
        guard text.hasPrefix("unix:") else { return nil }
        let path = String(text.dropFirst(5))
        do throws(InvalidValue) {
            let route = try RoutePath(parsing: path)
            guard route.text != "/" else { throw InvalidValue("names no file", expected: expected) }
            guard path.utf8.count <= 107 else {
                throw InvalidValue("has a path longer than the 107 bytes of a socket address", expected: expected)
            }
        } catch {
            throw InvalidValue("has a socket path that \(error.problem)", expected: expected)
        }
        return path
    }

    /// Host and port of `host:port` or `[v6]:port`; the port is nil when none is written.
    static func split(_ authority: Substring, expected: String) throws(InvalidValue) -> (host: String, port: Int?) {
        guard let colon = authority.utf8.lastIndex(of: .colon), !authority.hasSuffix("]") else {
            return (String(authority), nil)
        }
        let port = try Port.parse(authority[authority.utf8.index(after: colon)...], expected: expected)
        return (String(authority[..<colon]), port)
    }

    /// A DNS name, also of one label and with underscores as container networks have them, or an address.
    static func isHost(_ host: String) -> Bool {
        if isIPv4(host) || isIPv6(host) { return true }
        let dashed = String(decoding: host.utf8.map { $0 == .underscore ? 0x78 : $0 }, as: UTF8.self)
        return (try? HostName(parsing: dashed)) != nil
    }

    /// True for a name that has to be looked up.
    static func isName(_ host: String) -> Bool {
        !isIPv4(host) && !isIPv6(host) && host != LoopbackHost.name
    }

    /// True for `127.0.0.1` and other dotted quads.
    static func isIPv4(_ host: String) -> Bool {
        let parts = host.utf8.split(separator: .dot, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDigit) && (part.count == 1 || part.first != 0x30)
                    && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    /// True for `[::1]` and the like: brackets, hexadecimal groups of at most four digits, at most one `::`.
    static func isIPv6(_ host: String) -> Bool {
        guard host.hasPrefix("["), host.hasSuffix("]") else { return false }
        let groups = host.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
        guard (3...9).contains(groups.count) else { return false }
        guard groups.allSatisfy({ $0.utf8.count <= 4 && $0.utf8.allSatisfy(\.isHexDigit) }) else { return false }
        let inner = groups.dropFirst().dropLast()
        let elided = inner.count(where: \.isEmpty)
        let edgesHold =
            (groups.first?.isEmpty == false || inner.first?.isEmpty == true)
            && (groups.last?.isEmpty == false || inner.last?.isEmpty == true)
        let isUnspecified = groups.allSatisfy(\.isEmpty) && groups.count == 3
        return edgesHold && (elided == 1 ? groups.count <= 9 : elided == 0 && groups.count == 8) || isUnspecified
    }
}
