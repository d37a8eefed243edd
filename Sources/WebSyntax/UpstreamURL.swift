/// Where nginx sends requests to: `http://host:port[/path]`, `https://host[:port][/path]` or, with a path behind a
/// second colon as nginx writes it, `unix:/socket[:/path]`.
///
/// The public path of a transport leads to the path, and what is below the one to what is below the other. Without a
/// path requests keep the path that they came with.
package struct UpstreamURL: TextValue {
    package static let noun = "an upstream address"
    package static let expected =
        "http://host:port or https://host, with a path where the server has one, or unix:/socket, or unix:/socket:/path"

    package enum Address: Hashable, Sendable {
        case tcp(host: String, port: Int)
        case unix(path: String)

        /// True for an address of this machine.
        package var isLoopback: Bool {
            switch self {
            case .unix: true
            case .tcp(let host, _): LoopbackHost.contains(host) || host.hasPrefix("127.")
            }
        }
    }

    package let text: String
    package let isTLS: Bool
    package let address: Address
    /// `/api/mcp`, `/` or, for a server that wants it so, `/mcp/`; nil where the public path is the server's own.
    package let path: String?

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        self.text = text
        if let (socket, path) = try Self.unix(text) {
            isTLS = false
            address = .unix(path: socket)
            self.path = path
            return
        }
        guard let (scheme, rest) = text.splitScheme else {
            throw InvalidValue(
                "has no scheme", expected: Self.expected, suggestion: Self.suggestion("http://" + text))
        }
        guard scheme == "http" || scheme == "https" else {
            throw InvalidValue("has the scheme `\(scheme)`", expected: Self.expected)
        }
        if rest.hasPrefix("unix:") {
            throw InvalidValue(
                "has a scheme before a unix socket", expected: Self.expected,
                suggestion: Self.suggestion(String(rest)))
        }
        isTLS = scheme == "https"
        try Self.refuseOtherParts(of: rest, scheme: scheme)
        let slash = rest.utf8.firstIndex(of: .slash) ?? rest.endIndex
        path = slash == rest.endIndex ? nil : try Self.checkedPath(rest[slash...])
        address = try Self.parse(rest[..<slash], path: rest[slash...], scheme: scheme)
    }

    /// What a client that was given this address writes into `Host` (RFC 9110 §7.2). A socket has no name.
    package var authority: String {
        switch address {
        case .unix: LoopbackHost.name
        case .tcp(let host, let port): isTLS && port == 443 || !isTLS && port == 80 ? host : "\(host):\(port)"
        }
    }

    /// True for an address of this machine.
    package var isLoopback: Bool { address.isLoopback }

    /// True for a name that has to be looked up before anything can be sent there.
    package var isName: Bool {
        if case .tcp(let host, _) = address { Self.isName(host) } else { false }
    }

    /// True for a host that is no address.
    package static func isName(_ host: String) -> Bool { SocketAddress.isName(host) }

    /// The socket and the path behind it, of `unix:/socket:/path`; nil for another kind of address.
    private static func unix(_ text: String) throws(InvalidValue) -> (socket: String, path: String?)? {
        let scheme = "unix:"
        guard text.hasPrefix(scheme) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let colon = rest.utf8.firstIndex(of: .colon) ?? rest.endIndex
        let socket = try SocketAddress.unixPath(scheme + rest[..<colon], expected: expected) ?? ""
        return (socket, colon == rest.endIndex ? nil : try checkedPath(rest[colon...].dropFirst()))
    }

    private static func refuseOtherParts(of rest: Substring, scheme: Substring) throws(InvalidValue) {
        if let at = rest.utf8.lastIndex(of: .at) {
            let kept = "\(scheme)://\(rest[rest.utf8.index(after: at)...])"
            throw InvalidValue(
                "has userinfo before the host", expected: expected, suggestion: suggestion(kept), kind: .urlNotCanonical
            )
        }
        if let end = rest.utf8.firstIndex(where: { $0 == .questionMark || $0 == .hash }) {
            throw InvalidValue(
                rest.utf8[end] == .hash ? "has a fragment" : "has a query", expected: expected,
                suggestion: suggestion("\(scheme)://\(rest[..<end])"), kind: .urlNotCanonical)
        }
    }

    private static func checkedPath(_ path: Substring) throws(InvalidValue) -> String {
        do throws(InvalidValue) {
            return try RoutePath(parsing: String(path), allowsTrailingSlash: true).text
        } catch {
            throw InvalidValue("has a path that \(error.problem)", expected: expected, kind: .urlNotCanonical)
        }
    }

    private static func parse(
        _ rest: Substring, path: Substring, scheme: Substring
    ) throws(InvalidValue) -> Address {
        let (host, port) = try SocketAddress.split(rest, expected: expected)
        guard SocketAddress.isHost(host) else {
            let lowered = "\(scheme)://\(String(rest).asciiLowercased)\(path)"
            throw InvalidValue(
                "has no valid host", expected: expected,
                suggestion: lowered.hasSuffix("\(rest)\(path)") ? nil : suggestion(lowered), kind: .invalidHost)
        }
        if let port { return .tcp(host: host, port: port) }
        guard scheme == "https" else {
            throw InvalidValue("has no port", expected: expected, suggestion: "\(scheme)://\(host):80\(path)")
        }
        return .tcp(host: host, port: 443)
    }
}
