import ConfigLanguages

extension NginxWalk {
    /// Whether the request may go on: `allow` and `deny`, `auth_basic`, `auth_request`, in the order in which nginx asks
    /// them. `limit_req` and `limit_conn` come before, and depend on what others ask at the time.
    mutating func access() -> Verdict {
        for name in ["limit_req", "limit_conn"] {
            if let limit = edge.inherited(name, at: level).first {
                step("`\(name)` may refuse, when there are too many", at: limit)
            }
        }
        guard !isQuestion else { return .next }
        let satisfiesAny = edge.setting("satisfy", at: level) == "any"
        var refusal: Verdict?
        for check in [addresses(), password(), question()] {
            guard let verdict = check else { continue }
            if case .next = verdict {
                if satisfiesAny { return .next }
            } else if !satisfiesAny {
                return verdict
            } else {
                refusal = verdict
            }
        }
        return refusal ?? .next
    }

    /// Nil where nothing is asked; `.next` where it lets the request through.
    private mutating func addresses() -> Verdict? {
        let rules = edge.inherited(["allow", "deny"], at: level)
        for rule in rules {
            guard let range = rule.arguments.first?.text else { continue }
            guard let fits = AddressRange.contains(range, request.peer) else {
                return .unknown("whether `\(range)` holds the client's address is not known here", at: rule)
            }
            guard fits else { continue }
            if rule.name == "allow" { return .next }
            step("`deny` shuts out \(request.peer)", at: rule)
            return .status(403, at: rule)
        }
        return rules.isEmpty ? nil : .next
    }

    private mutating func password() -> Verdict? {
        guard let directive = edge.inherited("auth_basic", at: level).last, let realm = directive.arguments.first?.text,
            realm != "off", !edge.inherited("auth_basic_user_file", at: level).isEmpty
        else { return nil }
        let isGiven = request.value(of: "Authorization").map { $0.lowercased().hasPrefix("basic ") } ?? false
        guard !isGiven else { return .unknown("whether the password is right is not known here", at: directive) }
        step("`auth_basic` asks for a password", at: directive)
        return .status(401, at: directive)
    }

    private mutating func question() -> Verdict? {
        guard let directive = edge.inherited("auth_request", at: level).last, let uri = directive.arguments.first?.text,
            uri != "off"
        else { return nil }
        let place = evaluated(uri)
        guard place.isKnown else { return .unknown("`auth_request` depends on `$\(place.unknown[0])`", at: directive) }
        let (path, query) = Self.split(place.bytes)
        var asked = NginxWalk(
            edge: edge, request: request, assumptions: assumptions, method: "GET", host: host, target: target,
            path: path,
            query: query, server: server, level: server.level, isAsSent: false, isInternal: true,
            changesLeft: changesLeft - 1, isQuestion: true)
        asked.variables = variables
        let answer = asked.run()
        // A question and the request share their variables, and the server's `set` runs for both.
        variables = asked.variables
        let status: Int
        switch answer.outcome {
        case .proxied(let question):
            trace.questions.append(question)
            status = assumptions.authorization
            step("`auth_request` asks `\(question.server)\(question.target)`, which answers \(status)", at: directive)
        case .answered(let own, _, _):
            status = own
            step("`auth_request` asks `\(uri)`, which nginx answers with \(status)", at: directive)
        case .unknown(let reason): return .unknown(reason, at: directive)
        case .file, .handed, .closed:
            return .unknown("what `\(uri)` answers is not known here", at: directive)
        }
        switch status {
        case 200..<300: return .next
        case 401, 403: return .status(status, at: directive)
        default:
            step("any other answer than 2xx, 401 and 403 is an error", at: directive)
            return .status(500, at: directive)
        }
    }
}

/// `allow 192.0.2.0/24;`, held against an address.
enum AddressRange {
    /// Nil where one of both is no IPv4 address, and they are not the same text.
    static func contains(_ range: String, _ address: String) -> Bool? {
        if range == "all" || range == address { return true }
        if range == "unix:" { return false }
        let parts = range.split(separator: "/", maxSplits: 1)
        guard let value = number(address), let base = parts.first.flatMap({ number(String($0)) }) else {
            // One of IPv4 and one of IPv6 are never the same.
            return number(address) != nil || parts.first.flatMap({ number(String($0)) }) != nil ? false : nil
        }
        guard parts.count == 2 else { return value == base }
        guard let length = Int(parts[1]), (0...32).contains(length) else { return nil }
        let mask: UInt32 = length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length)
        return value & mask == base & mask
    }

    private static func number(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt32?(0)) { sum, part in part.flatMap { part in sum.map { $0 << 8 | UInt32(part) } } }
    }
}
