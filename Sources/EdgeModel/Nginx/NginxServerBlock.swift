import ConfigLanguages

/// A server block: where it listens and which hosts it answers for (ngx_http_core_module, server_name).
struct NginxServerBlock {
    let level: Int
    private let ports: [(port: Int, isDefault: Bool, isTLS: Bool)]
    private let names: [Name]
    /// The first name as it was written, without what makes it a pattern: the value of `$server_name`.
    let firstName: String

    private enum Name {
        case exact(String)
        /// `*.example.com`, `.example.com`: its end, and whether the host may be the end without its dot.
        case suffix(String, orApex: Bool)
        /// `www.example.*`
        case prefix(String)
        case pattern(NginxPattern)
    }

    init(level: Int, _ block: NginxLevel) {
        self.level = level
        let listens = (block.own["listen"] ?? []).compactMap(Self.listen)
        ports = listens.isEmpty ? [(80, false, false)] : listens
        let written = (block.own["server_name"] ?? []).flatMap(\.arguments).map(\.text)
        names = (written.isEmpty ? [""] : written).map(Self.name)
        firstName =
            (written.first ?? "").hasPrefix(".") ? String((written.first ?? "").dropFirst()) : written.first ?? ""
    }

    private static func listen(_ directive: NginxDirective) -> (port: Int, isDefault: Bool, isTLS: Bool)? {
        guard let address = directive.arguments.first?.text, !address.hasPrefix("unix:") else { return nil }
        let words = directive.arguments.dropFirst().map(\.text)
        let behindColon = address.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let port = Int(address) ?? (address.hasSuffix("]") ? nil : address.contains(":") ? Int(behindColon) : nil) ?? 80
        return (
            port, words.contains("default_server") || words.contains("default"),
            words.contains("ssl") || words.contains("quic")
        )
    }

    private static func name(_ text: String) -> Name {
        let lower = text.lowercased()
        if text.hasPrefix("~") { return .pattern(NginxPattern(String(text.dropFirst()), ignoresCase: true)) }
        if lower.hasPrefix("*.") { return .suffix(String(lower.dropFirst()), orApex: false) }
        if lower.hasPrefix(".") { return .suffix(lower, orApex: true) }
        if lower.hasSuffix(".*") { return .prefix(String(lower.dropLast())) }
        return .exact(lower)
    }

    func listens(on port: Int) -> Bool { ports.contains { $0.port == port } }
    func isDefault(on port: Int) -> Bool { ports.contains { $0.port == port && $0.isDefault } }
    func speaksTLS(on port: Int) -> Bool { ports.contains { $0.port == port && $0.isTLS } }

    /// How well a host fits; nil where no name of it does.
    enum Fit: Comparable {
        case pattern
        case prefix(length: Int)
        case suffix(length: Int)
        case exact
    }

    /// The best fit of a host, in lower case; `.unknown` where a regular expression would have to be asked that cannot be
    /// read here.
    func fit(_ host: String) -> (fit: Fit?, captures: [[UInt8]], isUnknown: Bool) {
        var best: Fit?
        var captures: [[UInt8]] = []
        var isUnknown = false
        func take(_ fit: Fit) { best = best.map { max($0, fit) } ?? fit }
        for name in names {
            switch name {
            case .exact(let text): if text == host { take(.exact) }
            case .suffix(let end, let orApex):
                if host.hasSuffix(end) && host.utf8.count > end.utf8.count || orApex && host == end.dropFirst() {
                    take(.suffix(length: end.utf8.count))
                }
            case .prefix(let start):
                if host.hasPrefix(start), host.utf8.count > start.utf8.count { take(.prefix(length: start.utf8.count)) }
            case .pattern(let pattern):
                switch pattern.match(Array(host.utf8)) {
                case .captures(let groups, _):
                    if best == nil { captures = groups }
                    take(.pattern)
                case .none: break
                case .unknown: isUnknown = true
                }
            }
        }
        return (best, captures, isUnknown)
    }
}

extension NginxEdge {
    /// The server block that answers a request: by port, then by the host (ngx_http_core_module, server_name).
    ///
    /// `socket` is the block whose settings hold before the host is known.
    func server(port: Int, host: String) -> (chosen: NginxServerBlock, socket: NginxServerBlock, isByName: Bool)? {
        let candidates = servers.filter { $0.listens(on: port) }
        guard let socket = candidates.first(where: { $0.isDefault(on: port) }) ?? candidates.first else { return nil }
        var best: (server: NginxServerBlock, fit: NginxServerBlock.Fit)?
        for server in candidates {
            guard let fit = server.fit(host).fit, best.map({ $0.fit < fit }) ?? true else { continue }
            best = (server, fit)
        }
        return best.map { ($0.server, socket, true) } ?? (socket, socket, false)
    }
}
