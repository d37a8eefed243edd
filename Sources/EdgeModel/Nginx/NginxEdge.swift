package import ConfigLanguages
import Diagnostics

/// What parsed nginx files make of requests: the edge as it is configured, not as it runs.
///
/// Directives that it does not know are ignored as nginx's other modules are where they do not answer; what decides an
/// answer and is not known here ends a trace with a reason.
package struct NginxEdge {
    /// A file of the configuration and its path, by which `include` finds it.
    package struct File {
        package let path: String
        package let block: NginxBlock

        package init(path: String, block: NginxBlock) {
            (self.path, self.block) = (path, block)
        }
    }

    var levels: [NginxLevel] = []
    var servers: [NginxServerBlock] = []
    var maps: [String: NginxMap] = [:]
    /// Names that `upstream` blocks define.
    private(set) var upstreams: Set<String> = []
    /// Includes of files that were not given: what they hold is not known.
    package private(set) var unseenIncludes: [NginxDirective] = []

    /// Reads files of which each may be a whole `nginx.conf` or a part that `http` or a server includes. A file that
    /// another one includes counts there alone.
    package init(_ files: [File]) {
        let included = Set(
            files.indices.filter { index in
                files.indices.contains { other in
                    other != index
                        && Self.includes(in: files[other].block).contains { NginxInclude($0).names(files[index].path) }
                }
            })
        levels = [NginxLevel(.main, in: nil, opener: nil)]
        var reader = Reader(files: files)
        for (index, file) in files.enumerated() where !included.contains(index) {
            reader.open = [index]
            readHTTP(reader.expanded(file.block.directives), &reader)
        }
        for index in levels.indices { levels[index].locations.finish() }
        unseenIncludes = reader.unseen
    }

    private static func includes(in block: NginxBlock) -> [String] {
        block.directives.flatMap { directive in
            directive.name == "include"
                ? directive.arguments.prefix(1).map(\.text) : directive.block.map(includes) ?? []
        }
    }

    /// Puts what files include in the place of `include`.
    struct Reader {
        let files: [File]
        /// The files that are being read: one that includes itself would never end.
        var open: [Int] = []
        var unseen: [NginxDirective] = []

        mutating func expanded(_ directives: [NginxDirective]) -> [NginxDirective] {
            guard directives.contains(where: { $0.name == "include" }) else { return directives }
            var result: [NginxDirective] = []
            for directive in directives {
                guard directive.name == "include", let path = directive.arguments.first?.text else {
                    result.append(directive)
                    continue
                }
                let found = files.indices.filter { NginxInclude(path).names(files[$0].path) && !open.contains($0) }
                if found.isEmpty, path != "mime.types", !path.hasSuffix("/mime.types") { unseen.append(directive) }
                for index in found {
                    open.append(index)
                    result += expanded(files[index].block.directives)
                    open.removeLast()
                }
            }
            return result
        }
    }

    // MARK: Reading

    private mutating func readHTTP(_ directives: [NginxDirective], _ reader: inout Reader) {
        for directive in directives {
            let block = directive.block
            switch directive.name {
            case "http": readHTTP(reader.expanded(block?.directives ?? []), &reader)
            case "server": readServer(directive, &reader)
            case "upstream": if let name = directive.arguments.first?.text { upstreams.insert(name) }
            case "map":
                if let map = NginxMap(directive, entries: reader.expanded(block?.directives ?? [])) {
                    maps[map.variable] = map
                }
            case "geo", "split_clients", "js_set", "perl_set":
                if let name = directive.arguments.last?.text, name.hasPrefix("$") {
                    maps[String(name.dropFirst())] = .unknown(directive)
                }
            default: levels[0].add(directive)
            }
        }
        // A file of locations alone is part of a server; without one it answers nothing.
    }

    private mutating func readServer(_ directive: NginxDirective, _ reader: inout Reader) {
        let level = append(NginxLevel(.server, in: 0, opener: directive))
        read(reader.expanded(directive.block?.directives ?? []), into: level, &reader)
        servers.append(NginxServerBlock(level: level, levels[level]))
    }

    private mutating func append(_ level: NginxLevel) -> Int {
        levels.append(level)
        return levels.count - 1
    }

    private mutating func read(_ directives: [NginxDirective], into level: Int, _ reader: inout Reader) {
        for directive in directives {
            if let name = NginxLocationName(directive) {
                let inner = append(NginxLevel(.location(name), in: level, opener: directive))
                levels[level].locations.add(name, level: inner)
                read(reader.expanded(directive.block?.directives ?? []), into: inner, &reader)
                continue
            }
            levels[level].add(directive)
            guard directive.name == "if" || directive.name == "limit_except", let block = directive.block,
                let span = directive.span
            else { continue }
            let inner = append(NginxLevel(.nameless, in: level, opener: directive))
            levels[level].inner[span] = inner
            read(reader.expanded(block.directives), into: inner, &reader)
        }
    }

    /// True where a server block listens on a port.
    package func listens(on port: Int) -> Bool { servers.contains { $0.listens(on: port) } }

    // MARK: Inheritance

    /// The directives of a name that hold at a level: its own, or where it has none those around it. So `add_header`,
    /// `proxy_set_header`, `error_page`, `allow` and `deny` are inherited, and single values too.
    func inherited(_ name: String, at level: Int) -> [NginxDirective] { inherited([name], at: level) }

    func inherited(_ names: [String], at level: Int) -> [NginxDirective] {
        var next: Int? = level
        while let current = next {
            let found = names.flatMap { levels[current].own[$0] ?? [] }
            if !found.isEmpty {
                return names.count == 1
                    ? found : found.sorted { ($0.span?.start ?? 0, $0.name) < ($1.span?.start ?? 0, $1.name) }
            }
            next = levels[current].parent
        }
        return []
    }

    /// The value of a directive that has one.
    func setting(_ name: String, at level: Int) -> String? { inherited(name, at: level).last?.arguments.first?.text }

    func isOn(_ name: String, at level: Int, otherwise standard: Bool) -> Bool {
        setting(name, at: level).map { $0 == "on" } ?? standard
    }
}
