import ConfigLanguages
import ConnectorPlan
import Diagnostics

/// A server block of an observed file, with the directives of the observed files that it includes in their places.
struct NginxServer: Sendable {
    let opener: NginxDirective
    let directives: [NginxDirective]
    /// Includes of files that were not given.
    let unseenIncludes: [NginxDirective]

    init(_ directive: NginxDirective, among files: [NginxFile]) {
        opener = directive
        var expansion = Expansion(files: files)
        expansion.add(directive.block?.directives ?? [])
        directives = expansion.directives
        unseenIncludes = expansion.unseen
    }

    /// The directives of a block and of what it includes, each file once: files that include each other would never
    /// end.
    private struct Expansion {
        let files: [NginxFile]
        private(set) var directives: [NginxDirective] = []
        private(set) var unseen: [NginxDirective] = []
        private var known: Set<FileID> = []

        init(files: [NginxFile]) {
            self.files = files
        }

        mutating func add(_ block: [NginxDirective]) {
            for directive in block {
                directives.append(directive)
                guard directive.name == "include", let path = directive.arguments.first?.text else { continue }
                let included = files.filter { NginxInclude(path).names($0.path) }
                if included.isEmpty { unseen.append(directive) }
                for file in included where known.insert(file.id).inserted { add(file.block.directives) }
            }
        }
    }

    /// What `server_name` says of a host; nil where a regular expression would have to be asked.
    func answers(to host: String) -> Bool? {
        var isUnknown = false
        for name in names {
            guard !name.text.hasPrefix("~") else {
                isUnknown = true
                continue
            }
            if Self.matches(name.text.lowercased(), host) { return true }
        }
        return isUnknown ? nil : false
    }

    var names: [NginxArgument] { directives.filter { $0.name == "server_name" }.flatMap(\.arguments) }

    /// `example.com`, `*.example.com`, `.example.com`, `www.example.*` (ngx_http_core_module, server_name).
    private static func matches(_ name: String, _ host: String) -> Bool {
        if name == host { return true }
        if name.hasPrefix("*.") { return host.hasSuffix(name.dropFirst()) && host.utf8.count >= name.utf8.count }
        if name.hasPrefix(".") { return host == name.dropFirst() || host.hasSuffix(name) }
        if name.hasSuffix(".*") { return host.hasPrefix(name.dropLast()) }
        return false
    }

    /// True where clients speak TLS to it.
    var isTLS: Bool {
        directives.contains { directive in
            directive.name == "listen"
                && directive.arguments.contains {
                    $0.text == "ssl" || $0.text == "quic" || $0.text == "443" || $0.text.hasSuffix(":443")
                }
        }
    }

    var locations: [NginxLocation] { directives.compactMap { NginxLocation($0) } }
}

/// The argument of an `include`, held against a path.
struct NginxInclude {
    private let parts: [Substring]

    /// `/etc/nginx/snippets/*.conf`, or relative to the folder of `nginx.conf`.
    init(_ text: String) {
        parts = text.split(separator: "/")
    }

    /// True when it can mean this file: one of the two paths is the end of the other. The last part may have a `*`.
    func names(_ path: String) -> Bool {
        let other = path.split(separator: "/").filter { $0 != "." }
        guard let pattern = parts.last, let name = other.last, Self.matches(pattern, name) else { return false }
        return zip(parts.dropLast().reversed(), other.dropLast().reversed()).allSatisfy(==)
    }

    private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return pattern == name }
        let (before, after) = (pattern[..<star], pattern[pattern.index(after: star)...])
        return name.count >= before.count + after.count && name.hasPrefix(before) && name.hasSuffix(after)
    }
}

/// A `location` of an observed server block (ngx_http_core_module, location).
struct NginxLocation: Sendable {
    enum Match: Hashable, Sendable {
        case exact
        /// With `^~`, or without: nginx refuses two of one path either way, and of two that fit it takes the longer.
        case prefix
        /// A regular expression, which a `^~` that fits outranks.
        case pattern
        case named
    }

    let match: Match
    let path: String
    /// Where the path stands.
    let span: Span

    init?(_ directive: NginxDirective) {
        guard directive.name == "location", let word = directive.arguments.last, let span = word.span else {
            return nil
        }
        self.span = span
        let text = (directive.arguments.count > 1 ? directive.arguments[0].text : "") + word.text
        // A modifier may stand alone or right before the path.
        let modifiers: [(String, Match)] = [
            ("^~", .prefix), ("~*", .pattern), ("~", .pattern), ("=", .exact), ("@", .named),
        ]
        let (modifier, match) = modifiers.first { text.hasPrefix($0.0) } ?? ("", .prefix)
        self.match = match
        path = String(text.dropFirst(modifier.count))
    }
}
