package import ConfigLanguages
package import Diagnostics

/// One block of a configuration that directives are inherited through: `http`, `server`, `location`, `if` in a location,
/// `limit_except`.
struct NginxLevel {
    enum Kind: Hashable {
        case main, server
        case location(NginxLocationName)
        /// `if` in a location, or `limit_except`: without a name, and with the handler of the location around it.
        case nameless
    }

    let kind: Kind
    let parent: Int?
    /// The directive whose block it is; nil for what stands in no block.
    let opener: NginxDirective?
    /// What stands in it, includes in their places, by name and in their order.
    private(set) var own: [String: [NginxDirective]] = [:]
    /// The directives of the rewrite module, in their order.
    private(set) var program: [NginxDirective] = []
    /// The levels of the `if` blocks and of `limit_except`, by the place of their directive.
    var inner: [Span: Int] = [:]
    var locations = NginxLocationTable()

    init(_ kind: Kind, in parent: Int?, opener: NginxDirective?) {
        (self.kind, self.parent, self.opener) = (kind, parent, opener)
    }

    private static let programWords: Set<String> = ["rewrite", "return", "if", "set", "break"]

    mutating func add(_ directive: NginxDirective) {
        own[directive.name, default: []].append(directive)
        if Self.programWords.contains(directive.name) { program.append(directive) }
    }

    func first(_ name: String) -> NginxDirective? { own[name]?.first }
}

/// The words behind `location`: a modifier and a name, together or apart.
package struct NginxLocationName: Hashable, Sendable {
    package enum Match: Hashable, Sendable {
        case exact
        /// With `^~`, which keeps regular expressions away, or without: nginx refuses two of one path either way, and of
        /// two that fit it takes the longer.
        case prefix(isFinal: Bool)
        case pattern(ignoresCase: Bool)
        /// For internal redirects alone.
        case named
    }

    package let match: Match
    package let path: String
    /// Where the path stands.
    package let span: Span?

    /// Reads a `location` directive (ngx_http_core_module, location); nil for any other.
    package init?(_ directive: NginxDirective) {
        guard directive.name == "location", let word = directive.arguments.last else { return nil }
        span = word.span
        let text = (directive.arguments.count > 1 ? directive.arguments[0].text : "") + word.text
        // A modifier may stand alone or right before the path.
        let modifiers: [(String, Match)] = [
            ("^~", .prefix(isFinal: true)), ("~*", .pattern(ignoresCase: true)), ("~", .pattern(ignoresCase: false)),
            ("=", .exact), ("@", .named),
        ]
        let (modifier, match) = modifiers.first { text.hasPrefix($0.0) } ?? ("", .prefix(isFinal: false))
        self.match = match
        path = String(text.dropFirst(modifier.utf8.count))
    }

    /// As one writes it: `location = /mcp`.
    package var text: String {
        switch match {
        case .exact: "location = \(path)"
        case .prefix(let isFinal): isFinal ? "location ^~ \(path)" : "location \(path)"
        case .pattern(let ignoresCase): ignoresCase ? "location ~* \(path)" : "location ~ \(path)"
        case .named: "location @\(path)"
        }
    }
}

/// The locations of one level, by how nginx looks for them.
struct NginxLocationTable {
    private(set) var exact: [[UInt8]: Int] = [:]
    private(set) var prefixes: [[UInt8]: Int] = [:]
    private(set) var patterns: [(pattern: NginxPattern, level: Int)] = []
    private(set) var named: [String: Int] = [:]
    /// The lengths of the prefixes, the longest first.
    private var lengths: [Int] = []

    /// The first of two with one name wins; nginx refuses the file.
    mutating func add(_ name: NginxLocationName, level: Int) {
        let path = Array(name.path.utf8)
        switch name.match {
        case .exact: exact[path] = exact[path] ?? level
        case .prefix: prefixes[path] = prefixes[path] ?? level
        case .pattern(let ignoresCase):
            patterns.append((NginxPattern(name.path, ignoresCase: ignoresCase), level))
        case .named: named[name.path] = named[name.path] ?? level
        }
    }

    /// To be called after the last one was added.
    mutating func finish() { lengths = Set(prefixes.keys.lazy.map(\.count)).sorted(by: >) }

    /// The prefixes that fit, the longest first.
    func fitting(_ path: [UInt8]) -> [Int] {
        lengths.lazy.filter { $0 <= path.count }.compactMap { prefixes[Array(path.prefix($0))] }
    }

    func longest(_ path: [UInt8]) -> Int? {
        for length in lengths where length <= path.count {
            if let level = prefixes[Array(path.prefix(length))] { return level }
        }
        return nil
    }
}
