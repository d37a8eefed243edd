/// A request as a client sends it, and how it arrives at the edge.
package struct EdgeRequest: Hashable, Sendable {
    package enum Scheme: String, Hashable, Sendable, CaseIterable {
        case http, https

        package var standardPort: Int { self == .https ? 443 : 80 }
    }

    /// A field of the header, its name as it was written.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            (self.name, self.value) = (name, value)
        }
    }

    package var method: String
    package var scheme: Scheme
    /// Where it arrives: the port of the listener.
    package var port: Int
    /// What stands in `Host`; nil for a request without one.
    package var host: String?
    /// The request target, byte for byte: path and query as they are sent, or an absolute URL (RFC 9112, section 3.2).
    package var target: String
    /// Without `Host`.
    package var headers: [Header]
    /// The peer's address, which may be a proxy's.
    package var peer: String

    package init(
        _ method: String = "GET", _ scheme: Scheme = .https, port: Int? = nil, host: String?, target: String,
        headers: [Header] = [], peer: String = "192.0.2.1"
    ) {
        (self.method, self.scheme, self.port) = (method, scheme, port ?? scheme.standardPort)
        (self.host, self.target, self.headers, self.peer) = (host, target, headers, peer)
    }

    /// A request for a URL, `https://host[:port]/path?query`, whose path and query are sent as they are written; nil for
    /// any other text. A fragment is never sent.
    package init?(_ method: String = "GET", url: String, headers: [Header] = []) {
        guard let scheme = Scheme.allCases.first(where: { url.hasPrefix($0.rawValue + "://") }) else { return nil }
        let rest = url.dropFirst(scheme.rawValue.utf8.count + 3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
                return nil
            }
            port = number
        }
        let target = rest[authority.endIndex...]
        self.init(
            method, scheme, port: port, host: String(authority),
            target: target.hasPrefix("/") ? String(target) : "/" + target,
            headers: headers)
    }

    /// The value of a field, by its name in any case; of several the first.
    package func value(of name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
