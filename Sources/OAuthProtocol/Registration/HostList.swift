import WebSyntax

/// Host names, and patterns `*.example.org` for the names below a domain.
package struct HostList: Hashable, Sendable {
    private let names: Set<String>
    /// `example.org` of `*.example.org`.
    private let domains: Set<String>

    package init(_ patterns: [String]) {
        let lowered = patterns.map(\.asciiLowercased)
        names = Set(lowered.filter { !$0.utf8.starts(with: "*.".utf8) })
        domains = Set(lowered.filter { $0.utf8.starts(with: "*.".utf8) }.map { String($0.dropFirst(2)) })
    }

    /// True for a host in any case: a whole name, or one with labels before a domain of the list. The domain itself is
    /// not below it.
    package func contains(_ host: String) -> Bool {
        let host = host.asciiLowercased
        if names.contains(host) { return true }
        guard !domains.isEmpty else { return false }
        var rest = host.utf8[...]
        while let dot = rest.firstIndex(of: UInt8(ascii: ".")) {
            // An empty label makes no name.
            guard dot > rest.startIndex else { return false }
            rest = rest[rest.index(after: dot)...]
            if domains.contains(String(Substring(rest))) { return true }
        }
        return false
    }
}
