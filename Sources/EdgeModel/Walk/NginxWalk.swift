import ConfigLanguages
import Diagnostics

/// One request on its way through an ``NginxEdge``: nginx's phases in their order (ngx_http_core_run_phases).
struct NginxWalk {
    let edge: NginxEdge
    let request: EdgeRequest
    let assumptions: EdgeAssumptions
    var trace = EdgeTrace()

    /// GET for what an `error_page` leads to.
    var method: String
    var host = ""
    var target = NginxTarget.root
    var path: [UInt8] = []
    var query: [UInt8] = []
    var server: NginxServerBlock
    var level: Int
    /// True once a level with a proxy was entered: an `if` without one keeps the handler, and has nothing for it to do.
    var hasProxy = false
    /// False once the path was changed: then nginx encodes it anew for an upstream.
    var isAsSent = true
    /// False after `rewrite … break`: the path does not begin with the location's name any more.
    var beginsWithLocation = true
    var isInternal = false
    var captures: [[UInt8]] = []
    var namedCaptures: [String: [UInt8]] = [:]
    var variables: [String: NginxText] = [:]
    /// The variables that are being worked out: one that leads to itself has no value.
    var pending: Set<String> = []
    /// nginx follows ten changes of the path.
    var changesLeft = 11
    var isErrorPage = false
    /// True for the question of an `auth_request`.
    let isQuestion: Bool

    /// Where a round of phases begins.
    enum Start { case serverRewrite, location, locationRewrite }

    /// What a phase comes to.
    enum Verdict {
        case next
        case again
        case finished(EdgeTrace.Outcome)
        /// A status of nginx's own, which an `error_page` may answer; `location` of a redirect.
        case status(Int, location: NginxText? = nil, at: NginxDirective? = nil)
        case redirected(path: [UInt8], query: [UInt8])
        case named(String, at: NginxDirective?)
        case unknown(String, at: NginxDirective?)
    }

    /// Answers a request that cannot be read far enough to look for a location.
    mutating func refuse(_ status: Int, _ reason: String) -> EdgeTrace {
        step(reason)
        return run(.status(status))
    }

    /// Goes the whole way.
    mutating func run() -> EdgeTrace { run(round(from: .serverRewrite)) }

    private mutating func run(_ first: Verdict) -> EdgeTrace {
        var verdict = first
        while true {
            if case .status(let status, let location, let directive) = verdict {
                verdict = answer(status, location: location, at: directive)
            }
            switch verdict {
            case .finished(let outcome):
                trace.outcome = outcome
                trace.addedHeaders = addedHeaders()
                return trace
            case .unknown(let reason, let directive):
                step(reason, at: directive)
                trace.outcome = .unknown(reason)
                return trace
            case .redirected(let path, let query):
                changesLeft -= 1
                guard changesLeft > 0 else { return tooManyChanges() }
                (self.path, self.query) = (path, query)
                (isInternal, isAsSent, beginsWithLocation) = (true, false, true)
                verdict = round(from: .serverRewrite)
            case .named(let name, let directive):
                changesLeft -= 1
                guard changesLeft > 0 else { return tooManyChanges() }
                guard let found = edge.levels[server.level].locations.named[name] else {
                    return failed("there is no location `@\(name)`", at: directive)
                }
                isInternal = true
                enter(found)
                holdMethods()
                verdict = round(from: .locationRewrite)
            case .next, .again, .status:
                return failed("nothing answers", at: nil)
            }
        }
    }

    private mutating func tooManyChanges() -> EdgeTrace {
        failed("nginx follows ten changes of the path and gives up", at: nil)
    }

    private mutating func failed(_ reason: String, at directive: NginxDirective?) -> EdgeTrace {
        step(reason, at: directive)
        trace.outcome = .answered(status: 500, location: nil, body: nil)
        trace.addedHeaders = addedHeaders()
        return trace
    }

    private mutating func round(from start: Start) -> Verdict {
        var start = start
        if start == .serverRewrite {
            level = server.level
            switch rewrite() {
            case .next, .again: break
            case let verdict: return verdict
            }
            start = .location
        }
        while true {
            if start == .location, let verdict = findLocation() { return verdict }
            start = .location
            switch rewrite() {
            case .next: break
            case .again:
                changesLeft -= 1
                guard changesLeft > 0 else { return .status(500) }
                continue
            case let verdict: return verdict
            }
            return respond()
        }
    }

    private mutating func respond() -> Verdict {
        let admission = access()
        guard case .next = admission else { return admission }
        return tryFiles() ?? content()
    }

    mutating func step(_ text: String, at directive: NginxDirective? = nil) {
        trace.steps.append(EdgeTrace.Step(text: text, span: directive?.span))
    }

    mutating func enter(_ level: Int) {
        self.level = level
        hasProxy = isProxied(level)
        if case .location(let name) = edge.levels[level].kind {
            trace.location = name
            trace.locationSpan = edge.levels[level].opener?.span
        }
    }

    // MARK: Statuses of nginx's own

    /// `error_page`, or the status itself.
    private mutating func answer(_ status: Int, location: NginxText?, at directive: NginxDirective?) -> Verdict {
        if !isErrorPage || edge.isOn("recursive_error_pages", at: level, otherwise: false),
            let page = errorPage(of: status)
        {
            isErrorPage = true
            return page
        }
        if let location, !location.isKnown {
            return .unknown("where the redirect leads depends on `$\(location.unknown[0])`", at: directive)
        }
        // An error on the way to the page of another one is what is told.
        trace.forcedStatus = status
        return .finished(.answered(status: status, location: location.map { absolute($0.text) }, body: nil))
    }

    private mutating func errorPage(of status: Int) -> Verdict? {
        for directive in edge.inherited("error_page", at: level) {
            var words = directive.arguments.map(\.text)
            guard let uri = words.popLast() else { continue }
            let change = words.last.flatMap { $0.hasPrefix("=") ? $0.dropFirst() : nil }
            guard words.contains(String(status)) else { continue }
            step("`error_page` answers \(status) with `\(uri)`", at: directive)
            let place = evaluated(uri)
            guard place.isKnown else {
                return .unknown("`error_page` depends on `$\(place.unknown[0])`", at: directive)
            }
            if place.bytes.first == UInt8(ascii: "@") {
                trace.forcedStatus = Self.forced(status, by: change)
                return .named(String(place.text.dropFirst()), at: directive)
            }
            if place.bytes.first == UInt8(ascii: "/") {
                trace.forcedStatus = Self.forced(status, by: change)
                if method != "HEAD" { method = "GET" }
                let (path, query) = Self.split(place.bytes)
                return .redirected(path: path, query: query)
            }
            let code = change.flatMap { Int($0) }.flatMap { [301, 302, 303, 307, 308].contains($0) ? $0 : nil } ?? 302
            return .finished(.answered(status: code, location: place.text, body: nil))
        }
        return nil
    }

    /// Without `=` the status stays, with `=200` it is that one, and `=` alone leaves it to the answer.
    private static func forced(_ status: Int, by change: Substring?) -> Int? { change.map { Int($0) } ?? status }

    static func split(_ bytes: [UInt8]) -> (path: [UInt8], query: [UInt8]) {
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return (bytes, []) }
        return (Array(bytes[..<mark]), Array(bytes[(mark + 1)...]))
    }

    /// A redirect to a path gets scheme, host and port, unless `absolute_redirect` is off.
    func absolute(_ location: String) -> String {
        guard location.hasPrefix("/"), edge.isOn("absolute_redirect", at: level, otherwise: true) else {
            return location
        }
        let isNamed = edge.isOn("server_name_in_redirect", at: level, otherwise: false)
        let shown = isNamed ? server.firstName : host
        let showsPort =
            edge.isOn("port_in_redirect", at: level, otherwise: true) && request.port != scheme.standardPort
        return "\(scheme.rawValue)://\(shown)\(showsPort ? ":\(request.port)" : "")\(location)"
    }

    /// What nginx itself speaks with the client.
    var scheme: EdgeRequest.Scheme { server.speaksTLS(on: request.port) ? .https : .http }

    /// `add_header` of the level that answers.
    private mutating func addedHeaders() -> [EdgeTrace.AddedHeader] {
        edge.inherited("add_header", at: level).compactMap { directive in
            let words = directive.arguments.map(\.text)
            guard words.count >= 2 else { return nil }
            let value = evaluated(words[1])
            return value.bytes.isEmpty
                ? nil
                : EdgeTrace.AddedHeader(
                    name: words[0], value: value.text, isAlways: words.count > 2 && words[2] == "always",
                    isKnown: value.isKnown)
        }
    }
}

/// What nobody can read in a configuration, and what is taken for it.
package struct EdgeAssumptions: Hashable, Sendable {
    /// What an authorization service answers that `auth_request` asks.
    package var authorization: Int
    /// The files that are there, by their paths; nil where that is not known.
    package var files: Set<String>?

    package init(authorization: Int = 200, files: Set<String>? = nil) {
        (self.authorization, self.files) = (authorization, files)
    }
}

extension NginxEdge {
    /// Sends a request through the configuration.
    package func trace(_ request: EdgeRequest, assuming assumptions: EdgeAssumptions = EdgeAssumptions()) -> EdgeTrace {
        guard let socket = server(port: request.port, host: "")?.socket else {
            var trace = EdgeTrace()
            trace.outcome = .unknown("no server block listens on port \(request.port)")
            return trace
        }
        var walk = NginxWalk(
            edge: self, request: request, assumptions: assumptions, method: request.method, server: socket,
            level: socket.level, isQuestion: false)
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ Self.isMethodByte($0) }) else {
            return walk.refuse(400, "`\(request.method)` is no method")
        }
        let merges = isOn("merge_slashes", at: socket.level, otherwise: true)
        guard let target = NginxTarget(request.target, mergesSlashes: merges) else {
            return walk.refuse(400, "the request target cannot be read, or climbs above the root")
        }
        guard let authority = target.authority ?? request.host else {
            return walk.refuse(400, "a request needs `Host`")
        }
        guard let host = Self.host(of: authority), let found = server(port: request.port, host: host) else {
            return walk.refuse(400, "`\(authority)` is no host")
        }
        walk.target = target
        (walk.path, walk.query, walk.host) = (target.path, target.query, host)
        (walk.server, walk.level) = (found.chosen, found.chosen.level)
        guard request.method != "TRACE" else { return walk.refuse(405, "nginx refuses TRACE") }
        guard found.isByName || !servers.contains(where: { $0.listens(on: request.port) && $0.fit(host).isUnknown })
        else {
            walk.trace.outcome = .unknown("a regular expression in `server_name` cannot be read here")
            return walk.trace
        }
        walk.step(
            found.isByName
                ? "the server block has the host `\(host)`"
                : "no `server_name` is `\(host)`: the default server of port \(request.port) answers",
            at: levels[found.chosen.level].opener)
        return walk.run()
    }

    private static func isMethodByte(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// The host in lower case, without its port and a last dot (`ngx_http_validate_host`); nil where nginx answers 400.
    private static func host(of authority: String) -> String? {
        var bytes = Array(authority.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }) else { return nil }
        if bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")) {
            bytes = Array(bytes[...close])
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            bytes = Array(bytes[..<colon])
        }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return text.isEmpty || text.contains("..") ? nil : text
    }
}
