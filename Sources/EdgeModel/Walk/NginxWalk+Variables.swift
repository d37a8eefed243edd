import ConfigLanguages

extension NginxWalk {
    /// A text with its variables put in.
    mutating func evaluated(_ text: String, encodesCaptures: Bool = false) -> NginxText {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return NginxText(text) }
        var result = NginxText()
        for part in NginxTextPart.parts(of: text) {
            switch part {
            case .literal(let bytes): result.bytes += bytes
            case .capture(let number):
                guard number < captures.count else { continue }
                result.bytes += encodesCaptures ? NginxEscape.argument(captures[number]) : captures[number]
            case .variable(let name): result = result + value(of: name)
            }
        }
        return result
    }

    /// The value of a variable (ngx_http_core_module, embedded variables).
    private mutating func value(of name: String) -> NginxText {
        guard pending.insert(name).inserted else { return NginxText() }
        defer { pending.remove(name) }
        if let set = variables[name] { return set }
        if let bytes = namedCaptures[name] { return NginxText(bytes: bytes) }
        if let map = edge.maps[name] { return value(of: map, named: name) }
        switch name {
        case "uri", "document_uri": return NginxText(bytes: path)
        case "request_uri": return NginxText(bytes: target.unparsed)
        case "args", "query_string": return NginxText(bytes: query)
        case "is_args": return NginxText(query.isEmpty ? "" : "?")
        case "host": return NginxText(host)
        case "http_host": return NginxText(request.host ?? "")
        case "server_name": return NginxText(server.firstName)
        case "server_port": return NginxText(String(request.port))
        case "server_protocol": return NginxText("HTTP/1.1")
        case "scheme": return NginxText(scheme.rawValue)
        case "https": return NginxText(scheme == .https ? "on" : "")
        case "request_method": return NginxText(method)
        case "remote_addr", "realip_remote_addr": return NginxText(request.peer)
        case "request": return NginxText("\(request.method) \(request.target) HTTP/1.1")
        case "content_type", "content_length":
            return NginxText(request.value(of: name.split(separator: "_").joined(separator: "-")) ?? "")
        case "proxy_add_x_forwarded_for":
            let before = fields("x_forwarded_for")
            return NginxText(before.isEmpty ? request.peer : "\(before), \(request.peer)")
        case "document_root": return edge.setting("root", at: level).map { NginxText($0) } ?? Self.unknown(name)
        case "proxy_internal_body_length", "proxy_internal_chunked": return NginxText()
        default: break
        }
        if name.hasPrefix("http_") { return NginxText(fields(String(name.dropFirst(5)))) }
        if name.hasPrefix("arg_") { return NginxText(bytes: argument(String(name.dropFirst(4)))) }
        if name.hasPrefix("cookie_") { return NginxText(cookie(String(name.dropFirst(7)))) }
        if isSet(name) { return NginxText() }
        return Self.unknown(name)
    }

    private static func unknown(_ name: String) -> NginxText {
        NginxText(bytes: Array("${\(name)}".utf8), unknown: [name])
    }

    /// True for a variable of a `set` that was not run: it is empty.
    private func isSet(_ name: String) -> Bool {
        edge.levels.contains { $0.program.contains { $0.name == "set" && $0.arguments.first?.text == "$" + name } }
    }

    private mutating func value(of map: NginxMap, named name: String) -> NginxText {
        guard case .table(_, let source, let table) = map else { return Self.unknown(name) }
        let text = evaluated(source)
        guard text.isKnown else { return NginxText(bytes: Array("${\(name)}".utf8), unknown: text.unknown) }
        guard let found = table.value(for: text.bytes) else { return Self.unknown(name) }
        let outer = captures
        if !found.captures.isEmpty { take(found.captures, found.names) }
        defer { captures = outer }
        return evaluated(found.value)
    }

    // MARK: What the client sent

    /// The values of a header, by its name as variables have it: `x_forwarded_for`.
    private func fields(_ name: String) -> String {
        let wanted = name.lowercased()
        if wanted == "host" { return request.host ?? "" }
        let values = request.headers.filter {
            String($0.name.lowercased().map { $0 == "-" ? "_" : $0 }) == wanted && !$0.name.contains("_")
        }.map(\.value)
        return wanted == "cookie" ? values.joined(separator: "; ") : values.joined(separator: ", ")
    }

    private func argument(_ name: String) -> [UInt8] {
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, String(decoding: halves[0], as: UTF8.self).lowercased() == name.lowercased() else {
                continue
            }
            return Array(halves[1])
        }
        return []
    }

    private func cookie(_ name: String) -> String {
        for pair in fields("cookie").split(separator: ";") {
            let halves = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2, halves[0].lowercased() == name.lowercased() { return String(halves[1]) }
        }
        return ""
    }
}
