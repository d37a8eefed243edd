import ConfigLanguages

extension NginxWalk {
    /// `try_files`: the last word is an internal redirect, a named location or a status; nil where the level has none, or
    /// a file is there. An `if` that holds has none of the location around it.
    mutating func tryFiles() -> Verdict? {
        guard let directive = edge.levels[level].first("try_files"),
            let last = directive.arguments.last
        else { return nil }
        for word in directive.arguments.dropLast() {
            let file = evaluated(word.text)
            guard file.isKnown else { return .unknown("`try_files` depends on `$\(file.unknown[0])`", at: directive) }
            guard let files = assumptions.files else { continue }
            if files.contains(documentPath(of: file.bytes)) {
                (path, isAsSent) = (file.bytes, false)
                return nil
            }
        }
        if last.text.hasPrefix("="), let status = Int(last.text.dropFirst()) {
            step("`try_files` finds nothing", at: directive)
            return .status(status, at: directive)
        }
        let place = evaluated(last.text)
        guard place.isKnown else { return .unknown("`try_files` depends on `$\(place.unknown[0])`", at: directive) }
        step("`try_files` finds no file, and goes on with `\(place.text)`", at: directive)
        if place.bytes.first == UInt8(ascii: "@") { return .named(String(place.text.dropFirst()), at: directive) }
        let (path, query) = Self.split(place.bytes)
        return .redirected(path: path, query: query)
    }

    /// The handler of the location around an `if` or a `limit_except`, which have it too.
    private func namelessOwner(_ name: String) -> NginxDirective? {
        guard case .nameless = edge.levels[level].kind, let parent = edge.levels[level].parent else { return nil }
        return edge.levels[parent].first(name)
    }

    private func documentPath(of path: [UInt8]) -> String {
        if let alias = edge.levels[level].first("alias")?.arguments.first?.text {
            return alias + shown(Array(path.dropFirst((trace.location?.path ?? "").utf8.count)))
        }
        return (edge.setting("root", at: level) ?? "html") + shown(path)
    }

    /// The handler of the level, or a file.
    mutating func content() -> Verdict {
        for name in Self.proxies {
            guard let directive = edge.levels[level].first(name) ?? namelessOwner(name) else { continue }
            guard name == "proxy_pass" else {
                step("`\(name)` hands the request on", at: directive)
                return .finished(.handed(to: directive.arguments.first?.text ?? name))
            }
            return proxied(directive)
        }
        guard !hasProxy else {
            step("another `if` has the `proxy_pass`, and the last one that holds has none")
            return .status(500)
        }
        for name in ["stub_status", "empty_gif"] {
            if let directive = edge.levels[level].first(name) {
                step("`\(name)` answers", at: directive)
                return .finished(.answered(status: trace.forcedStatus ?? 200, location: nil, body: nil))
            }
        }
        for name in ["js_content", "content_by_lua_block", "content_by_lua_file", "perl", "dav_methods", "mp4", "flv"] {
            if let directive = edge.levels[level].first(name) ?? namelessOwner(name) {
                return .unknown("`\(name)` is a program, and what it answers is not known here", at: directive)
            }
        }
        return file()
    }

    private mutating func file() -> Verdict {
        let document = documentPath(of: path)
        guard let files = assumptions.files else {
            step("a file below the document root")
            return .finished(.file(path: document))
        }
        guard method == "GET" || method == "HEAD" || method == "POST" else { return .status(405) }
        if path.last == UInt8(ascii: "/") {
            for name in edge.inherited("index", at: level).last?.arguments.map(\.text) ?? ["index.html"]
            where files.contains(document + name) {
                return .redirected(path: path + Array(name.utf8), query: query)
            }
            return .status(files.contains(document) ? 403 : 404)
        }
        guard files.contains(document) else {
            step("there is no file `\(document)`")
            return .status(404)
        }
        return method == "POST" ? .status(405) : .finished(.file(path: document))
    }

    // MARK: proxy_pass

    private mutating func proxied(_ directive: NginxDirective) -> Verdict {
        guard let written = directive.arguments.first?.text else { return .status(500, at: directive) }
        let hasVariables = NginxTextPart.parts(of: written).contains { if case .literal = $0 { false } else { true } }
        let address = evaluated(written)
        guard address.isKnown else {
            return .unknown("where `proxy_pass` leads depends on `$\(address.unknown[0])`", at: directive)
        }
        let text = address.text
        guard let mark = text.firstRange(of: "://") else {
            step("`\(text)` has no scheme", at: directive)
            return .status(500, at: directive)
        }
        let rest = text[mark.upperBound...]
        let slash = rest.hasPrefix("unix:") ? rest.dropFirst(5).firstIndex(of: ":").map { rest.index(after: $0) } : nil
        let end = slash ?? rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let server =
            rest.hasPrefix("unix:") && slash != nil ? String(rest[..<rest.index(before: end)]) : String(rest[..<end])
        if hasVariables, needsResolver(server) {
            step("`\(server)` is looked up at run time, and there is no `resolver`", at: directive)
            return .status(502, at: directive)
        }
        let target = upstreamTarget(Array(rest[end...].utf8), hasVariables: hasVariables)
        trace.readTimeout = edge.setting("proxy_read_timeout", at: level) ?? "60s"
        trace.isBuffered = edge.isOn("proxy_buffering", at: level, otherwise: true)
        let scheme = String(text[..<mark.lowerBound])
        step("`proxy_pass` asks `\(server)` for `\(shown(target))`", at: directive)
        let upstream = UpstreamRequest(
            method: upstreamMethod(), scheme: scheme, server: server, target: shown(target),
            headers: upstreamHeaders(to: server))
        return .finished(.proxied(upstream))
    }

    /// `proxy_method`, or the method of the request.
    private mutating func upstreamMethod() -> String {
        edge.setting("proxy_method", at: level).map { evaluated($0).text } ?? method
    }

    private func needsResolver(_ server: String) -> Bool {
        guard !server.hasPrefix("unix:"), edge.setting("resolver", at: level) == nil, !edge.upstreams.contains(server)
        else {
            return false
        }
        let host = server.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
        return !server.hasPrefix("[") && AddressRange.contains("all", String(host)) == true
            && !host.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// The path and query for the upstream (ngx_http_proxy_create_request).
    private func upstreamTarget(_ uri: [UInt8], hasVariables: Bool) -> [UInt8] {
        if hasVariables, !uri.isEmpty { return uri.first == UInt8(ascii: "?") ? Array("/".utf8) + uri : uri }
        if uri.isEmpty, isAsSent { return target.unparsed }
        let tail = query.isEmpty ? [] : Array("?".utf8) + query
        let replaced = uri.isEmpty || !beginsWithLocation ? 0 : min(handlerName.utf8.count, path.count)
        // A path that `rewrite … break` made goes out whole, and the one of `proxy_pass` is left out.
        let head = beginsWithLocation ? uri : []
        let rest = path.dropFirst(replaced)
        return head + (target.isQuoted || isInternal ? NginxEscape.path(rest) : Array(rest)) + tail
    }

    /// The name of the location that the handler belongs to.
    private var handlerName: String { trace.location?.path ?? "" }

    /// The fields that reach the upstream: what `proxy_set_header` says, nginx's own two, and the client's others.
    private mutating func upstreamHeaders(to server: String) -> [EdgeRequest.Header] {
        variables["proxy_host"] = NginxText(server.hasPrefix("unix:") ? "localhost" : server)
        var headers: [EdgeRequest.Header] = []
        var names: Set<String> = []
        for directive in edge.inherited("proxy_set_header", at: level) {
            let words = directive.arguments.map(\.text)
            guard words.count == 2 else { continue }
            names.insert(words[0].lowercased())
            let value = evaluated(words[1])
            if !value.bytes.isEmpty { headers.append(EdgeRequest.Header(words[0], value.text)) }
        }
        for (name, value) in [("Host", "$proxy_host"), ("Connection", "close")] where !names.contains(name.lowercased())
        {
            headers.append(EdgeRequest.Header(name, evaluated(value).text))
        }
        names.formUnion([
            "host", "connection", "content-length", "transfer-encoding", "te", "keep-alive", "expect", "upgrade",
        ])
        guard edge.isOn("proxy_pass_request_headers", at: level, otherwise: true) else { return headers }
        let keepsUnderscores = edge.isOn("underscores_in_headers", at: self.server.level, otherwise: false)
        for header in request.headers where !names.contains(header.name.lowercased()) {
            if !keepsUnderscores, header.name.contains("_") { continue }
            headers.append(header)
        }
        return headers
    }
}
