import ConfigLanguages
import Diagnostics

extension NginxWalk {
    /// Runs the directives of the rewrite module at the present level (ngx_http_rewrite_module): `.again` where the path
    /// was changed and a location has to be looked for anew.
    mutating func rewrite() -> Verdict {
        var isChanged = false
        switch run(edge.levels[level].program, of: level, isChanged: &isChanged) {
        case .stopped, .passed: return isChanged ? .again : .next
        case .ended(let verdict): return verdict
        }
    }

    private enum Progress {
        case passed
        case stopped
        case ended(Verdict)
    }

    /// `home` is the level whose program it is; one `if` that holds does not change where the next one belongs.
    private mutating func run(_ program: [NginxDirective], of home: Int, isChanged: inout Bool) -> Progress {
        for directive in program {
            let progress: Progress
            switch directive.name {
            case "set": progress = set(directive)
            case "break":
                isChanged = false
                progress = .stopped
            case "return": progress = .ended(returned(directive))
            case "rewrite": progress = rewrite(directive, isChanged: &isChanged)
            case "if": progress = branch(directive, of: home, isChanged: &isChanged)
            default: continue
            }
            if case .passed = progress { continue }
            return progress
        }
        return .passed
    }

    private mutating func set(_ directive: NginxDirective) -> Progress {
        guard directive.arguments.count == 2 else { return .passed }
        variables[String(directive.arguments[0].text.dropFirst())] = evaluated(directive.arguments[1].text)
        return .passed
    }

    private mutating func branch(_ directive: NginxDirective, of home: Int, isChanged: inout Bool) -> Progress {
        guard let holds = condition(directive) else {
            return .ended(.unknown("whether `if` holds depends on what is not known here", at: directive))
        }
        guard holds, let block = directive.block else { return .passed }
        step("`if` holds", at: directive)
        guard let inner = directive.span.flatMap({ edge.levels[home].inner[$0] }) else {
            return run(block.directives, of: home, isChanged: &isChanged)
        }
        // In a location its other directives hold as well from here on.
        if home != server.level {
            level = inner
            hasProxy = hasProxy || isProxied(inner)
        }
        return run(edge.levels[inner].program, of: inner, isChanged: &isChanged)
    }

    /// `(…)`; nil where what it asks is not known.
    private mutating func condition(_ directive: NginxDirective) -> Bool? {
        var words = directive.arguments.map(\.text)
        guard let first = words.first, let last = words.last, first.hasPrefix("("), last.hasSuffix(")") else {
            return nil
        }
        words[0].removeFirst()
        words[words.count - 1].removeLast()
        words = words.enumerated().filter { !$1.isEmpty || $0 > 0 && $0 < words.count - 1 }.map(\.element)
        guard let subject = words.first else { return nil }
        if ["-f", "!-f", "-d", "!-d", "-e", "!-e", "-x", "!-x"].contains(subject), words.count == 2 {
            guard let files = assumptions.files else { return nil }
            let file = evaluated(words[1])
            return file.isKnown ? files.contains(file.text) != subject.hasPrefix("!") : nil
        }
        let value = evaluated(subject)
        guard value.isKnown else { return nil }
        if words.count == 1 { return !value.bytes.isEmpty && value.bytes != [UInt8(ascii: "0")] }
        guard words.count <= 3 else { return nil }
        let right = words.count == 3 ? words[2] : ""
        switch words[1] {
        case "=", "!=":
            let other = evaluated(right)
            return other.isKnown ? (value.bytes == other.bytes) == (words[1] == "=") : nil
        case "~", "~*", "!~", "!~*":
            switch NginxPattern(right, ignoresCase: words[1].hasSuffix("*")).match(value.bytes) {
            case .unknown: return nil
            case .none: return words[1].hasPrefix("!")
            case .captures(let groups, let names):
                take(groups, names)
                return !words[1].hasPrefix("!")
            }
        default: return nil
        }
    }

    // MARK: return and rewrite

    private mutating func returned(_ directive: NginxDirective) -> Verdict {
        let words = directive.arguments.map(\.text)
        guard let first = words.first else { return .status(500, at: directive) }
        step("`return` answers", at: directive)
        let code = Int(first)
        let text = code == nil ? first : words.count > 1 ? words[1] : nil
        let status = code ?? 302
        if status == 444 { return .finished(.closed) }
        guard let text else {
            guard status < 400 else { return .status(status, at: directive) }
            return .finished(.answered(status: shown(status), location: nil, body: ""))
        }
        let value = evaluated(text)
        if [301, 302, 303, 307, 308].contains(status) { return .status(status, location: value, at: directive) }
        return .finished(.answered(status: shown(status), location: nil, body: value.text))
    }

    /// The status of an answer: its own, or the one that the `error_page` which led to it asks for.
    private func shown(_ status: Int) -> Int { trace.forcedStatus ?? status }

    private mutating func rewrite(_ directive: NginxDirective, isChanged: inout Bool) -> Progress {
        let words = directive.arguments.map(\.text)
        guard words.count >= 2 else { return .passed }
        switch NginxPattern(words[0], ignoresCase: false).match(path) {
        case .none: return .passed
        case .unknown: return .ended(.unknown("the expression of `rewrite` cannot be read here", at: directive))
        case .captures(let groups, let names): take(groups, names)
        }
        let flag = words.count > 2 ? words[2] : ""
        var replacement = words[1]
        let addsQuery = !replacement.hasSuffix("?")
        if !addsQuery { replacement.removeLast() }
        let isRedirect =
            flag == "redirect" || flag == "permanent"
            || ["http://", "https://", "$scheme"].contains { replacement.hasPrefix($0) }
        let halves = replacement.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let isEncoded = target.isQuoted || target.unparsed.contains(UInt8(ascii: "+"))
        let newPath = evaluated(halves[0], encodesCaptures: isRedirect && isEncoded)
        let newQuery = halves.count > 1 ? evaluated(halves[1], encodesCaptures: isEncoded) : NginxText()
        guard newPath.isKnown, newQuery.isKnown else {
            return .ended(.unknown("what `rewrite` makes depends on what is not known here", at: directive))
        }
        if isRedirect {
            let asked = halves.count > 1 ? Array("?".utf8) + newQuery.bytes : []
            let more = addsQuery && !query.isEmpty ? Array((halves.count > 1 ? "&" : "?").utf8) + query : []
            step("`rewrite` redirects", at: directive)
            return .ended(
                .status(
                    flag == "permanent" ? 301 : 302,
                    location: NginxText(bytes: NginxEscape.redirect(newPath.bytes + asked) + more), at: directive))
        }
        guard !newPath.bytes.isEmpty else { return .ended(.status(500, at: directive)) }
        path = newPath.bytes
        if halves.count > 1 {
            query = newQuery.bytes + (addsQuery && !query.isEmpty ? Array("&".utf8) + query : [])
        } else if !addsQuery {
            query = []
        }
        (isAsSent, isInternal) = (false, true)
        step("`rewrite` makes the path `\(shown(path))`", at: directive)
        if flag == "break" {
            isChanged = false
            beginsWithLocation = false
            return .stopped
        }
        isChanged = true
        return flag == "last" ? .stopped : .passed
    }
}
