import ConfigLanguages

/// A `map` block (ngx_http_map_module), or a variable that another module makes of what is not known here.
enum NginxMap {
    case table(variable: String, source: String, Table)
    case unknown(NginxDirective)

    struct Table {
        var standard: String = ""
        /// In lower case: nginx compares without regard to it.
        var exact: [String: String] = [:]
        /// `*.example.com`, `.example.com`, `www.*`, with `hostnames`.
        var wildcards: [(key: String, value: String)] = []
        var patterns: [(pattern: NginxPattern, value: String)] = []
    }

    init?(_ directive: NginxDirective, entries: [NginxDirective]) {
        guard directive.arguments.count == 2, directive.arguments[1].text.hasPrefix("$") else { return nil }
        var table = Table()
        let hasHostNames = entries.contains { $0.name == "hostnames" && $0.arguments.isEmpty }
        for entry in entries {
            guard let value = entry.arguments.first?.text else { continue }
            var key = entry.name
            if key == "default" {
                table.standard = value
            } else if key.hasPrefix("~") {
                let ignoresCase = key.hasPrefix("~*")
                table.patterns.append(
                    (NginxPattern(String(key.dropFirst(ignoresCase ? 2 : 1)), ignoresCase: ignoresCase), value))
            } else if hasHostNames, key.hasPrefix("*.") || key.hasPrefix(".") || key.hasSuffix(".*") {
                table.wildcards.append((key.lowercased(), value))
            } else {
                // `\default` is the word itself.
                if key.hasPrefix("\\") { key.removeFirst() }
                table.exact[key.lowercased()] = value
            }
        }
        self = .table(
            variable: String(directive.arguments[1].text.dropFirst()), source: directive.arguments[0].text, table)
    }

    var variable: String {
        switch self {
        case .table(let variable, _, _): variable
        case .unknown(let directive): String(directive.arguments.last?.text.dropFirst() ?? "")
        }
    }
}

extension NginxMap.Table {
    /// The value for a source, variables in it not yet put in; nil where an expression cannot be read here.
    func value(for source: [UInt8]) -> (value: String, captures: [[UInt8]], names: [String: Int])? {
        let text = String(decoding: source, as: UTF8.self).lowercased()
        if let value = exact[text] { return (value, [], [:]) }
        let fitting = wildcards.filter { key, _ in
            if key.hasPrefix("*.") { return text.hasSuffix(key.dropFirst()) }
            if key.hasPrefix(".") { return text.hasSuffix(key) || text == key.dropFirst() }
            return text.hasPrefix(key.dropLast())
        }
        if let best = fitting.max(by: { $0.key.utf8.count < $1.key.utf8.count }) { return (best.value, [], [:]) }
        for (pattern, value) in patterns {
            switch pattern.match(source) {
            case .captures(let groups, let names): return (value, groups, names)
            case .none: continue
            case .unknown: return nil
            }
        }
        return (standard, [], [:])
    }
}
