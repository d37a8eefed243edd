import ConfigLanguages

extension NginxWalk {
    /// Finds the location of the path (ngx_http_core_find_config_phase); nil where one was found that goes on.
    mutating func findLocation() -> Verdict? {
        level = server.level
        hasProxy = false
        trace.location = nil
        trace.locationSpan = nil
        let found = search(in: server.level)
        if case .unknown(let directive) = found {
            return .unknown("a regular expression cannot be read here", at: directive)
        }
        if case .slash(let slashed) = found {
            enter(slashed)
        } else if trace.location == nil {
            step("no location fits the path `\(shown(path))`")
        }
        if !isInternal, let directive = edge.inherited("internal", at: level).first {
            step("`internal`: nobody may ask for it from outside", at: directive)
            return .status(404, at: directive)
        }
        holdMethods()
        if let verdict = tooLarge() { return verdict }
        guard case .slash(let slashed) = found else { return nil }
        let opener = edge.levels[slashed].opener
        step("`\(name(of: slashed))` has a proxied answer, and the path lacks its slash alone", at: opener)
        let location = NginxEscape.path((trace.location?.path ?? "").utf8)
        return .status(
            301, location: NginxText(bytes: location + (query.isEmpty ? [] : Array("?".utf8) + query)), at: opener)
    }

    /// Goes on at the level of `limit_except` for the methods that it does not name.
    mutating func holdMethods() {
        guard let directive = edge.levels[level].first("limit_except"), let span = directive.span,
            let inner = edge.levels[level].inner[span], !Self.excepts(directive, method)
        else { return }
        step("`limit_except` holds for \(method)", at: directive)
        level = inner
    }

    private static func excepts(_ directive: NginxDirective, _ method: String) -> Bool {
        let methods = directive.arguments.map { $0.text.uppercased() }
        return methods.contains(method) || method == "HEAD" && methods.contains("GET")
    }

    /// `client_max_body_size`, held against `Content-Length`.
    private mutating func tooLarge() -> Verdict? {
        guard !isQuestion, let length = request.value(of: "Content-Length").flatMap(Int.init) else { return nil }
        let written = edge.inherited("client_max_body_size", at: level).last
        guard let most = Self.size(written?.arguments.first?.text ?? "1m"), most > 0, length > most else { return nil }
        step("a body of \(length) bytes is larger than `client_max_body_size`", at: written)
        return .status(413, at: written)
    }

    private static func size(_ text: String) -> Int? {
        let factors: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
        guard let last = text.lowercased().last, let factor = factors[last] else { return Int(text) }
        return Int(text.dropLast()).map { $0 * factor }
    }

    // MARK: The search (ngx_http_core_find_location)

    private enum Found {
        case none
        case exact(Int)
        case prefix(Int)
        case pattern(Int)
        /// One that the path would be with a slash at its end.
        case slash(Int)
        case unknown(NginxDirective?)
    }

    private mutating func search(in outer: Int) -> Found {
        let table = edge.levels[outer].locations
        if let exact = table.exact[path] {
            enter(exact)
            let loser = table.longest(path).map { "; `\(name(of: $0))` is a prefix of it only" } ?? ""
            step("`\(name(of: exact))` is exactly the path\(loser)", at: edge.levels[exact].opener)
            return .exact(exact)
        }
        if table.prefixes[path] == nil {
            let slashed = path + [UInt8(ascii: "/")]
            for found in [table.exact[slashed], table.prefixes[slashed]].compactMap(\.self) where isProxied(found) {
                return .slash(table.exact[slashed] ?? found)
            }
        }
        var isFinal = false
        if let best = table.longest(path) {
            enter(best)
            if case .location(let name) = edge.levels[best].kind, case .prefix(isFinal: true) = name.match {
                isFinal = true
            }
            step(
                "`\(name(of: best))` is the longest prefix of the path\(losers(to: best, in: table))",
                at: edge.levels[best].opener)
            switch search(in: best) {
            case .none, .prefix: break
            case let found: return found
            }
        }
        guard !isFinal else { return table.longest(path).map { .prefix($0) } ?? .none }
        for (pattern, found) in table.patterns {
            switch pattern.match(path) {
            case .none: continue
            case .unknown: return .unknown(edge.levels[found].opener)
            case .captures(let groups, let names):
                take(groups, names)
                step(
                    "`\(name(of: found))` fits"
                        + (table.longest(path) == nil ? "" : ": a regular expression wins over a prefix without `^~`"),
                    at: edge.levels[found].opener)
                enter(found)
                switch search(in: found) {
                case .none, .prefix: return .pattern(found)
                case let inner: return inner
                }
            }
        }
        return table.longest(path).map { .prefix($0) } ?? .none
    }

    /// The locations that would have the path without a longer one, and why they do not.
    private func losers(to best: Int, in table: NginxLocationTable) -> String {
        let shorter = table.fitting(path).dropFirst().first.map { "; `\(name(of: $0))` is shorter" } ?? ""
        guard case .location(let winner) = edge.levels[best].kind, case .prefix(isFinal: true) = winner.match,
            let kept = table.patterns.first(where: {
                if case .captures = $0.pattern.match(path) { true } else { false }
            })
        else { return shorter }
        return shorter + "; its `^~` keeps `\(name(of: kept.level))` away"
    }

    mutating func take(_ groups: [[UInt8]], _ names: [String: Int]) {
        captures = groups
        for (name, index) in names { namedCaptures[name] = groups[index] }
    }

    /// True where a handler stands in the location itself that asks another server: then a missing slash is told by a
    /// redirect.
    func isProxied(_ level: Int) -> Bool {
        Self.proxies.contains { edge.levels[level].first($0) != nil }
    }

    static let proxies = ["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "memcached_pass", "grpc_pass"]

    func name(of level: Int) -> String {
        if case .location(let name) = edge.levels[level].kind { name.text } else { "" }
    }

    func shown(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
