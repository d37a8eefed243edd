/// A URL as client libraries cut it: `scheme://authority/path?query`, nothing of it checked beyond that.
struct ClientURL: Hashable {
    var scheme: String
    /// Host and port, without userinfo.
    var authority: String
    /// Empty, or from its first slash on.
    var path: String
    /// From the `?` on; empty without one.
    var query: String

    /// Nil for a text that is no absolute http or https URL with a host.
    init?(_ text: String) {
        guard let mark = text.range(of: "://") else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        authority = rest.prefix { $0 != "/" && $0 != "?" }.lowercased()
        guard !authority.isEmpty, !authority.contains(where: { $0 == "@" || $0 == " " }) else { return nil }
        let behind = rest.dropFirst(authority.count)
        path = String(behind.prefix { $0 != "?" })
        query = String(behind.dropFirst(path.count))
    }

    var origin: String { "\(scheme)://\(authority)" }
    var text: String { origin + path + query }
    /// Without slashes at its end: what a well-known path is inserted before.
    var trimmedPath: String { String(path.reversed().drop { $0 == "/" }.reversed()) }
    var hasPath: Bool { !path.isEmpty && path != "/" }

    /// Where a `Location` leads from here: an absolute URL or an absolute path; nil for any other reference.
    func resolved(_ location: String) -> ClientURL? {
        if location.hasPrefix("//") { return ClientURL("\(scheme):\(location)") }
        return location.hasPrefix("/") ? ClientURL(origin + location) : ClientURL(location)
    }
}

extension String {
    /// The first place of a text, without Foundation.
    fileprivate func range(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }
}
