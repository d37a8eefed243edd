import WebSyntax

/// Texts that people and templates leave where a value belongs: `YOUR_CLIENT_ID`, `__HOST__`, `tbd`,
/// `mcp.your-domain.com`.
///
/// Some of them are values that somebody means, so that a rule speaks of them, which can be allowed. What no value can
/// be is refused by ``TemplateResidue``.
enum Placeholder {
    /// Whole texts that stand for "not yet", whatever the value is.
    private static let words: Set<String> = [
        "todo", "fixme", "tbd", "tba", "placeholder", "replace-me", "replaceme", "change-me", "changeme", "fill-me-in",
        "insert-here", "your-value", "...",
    ]
    /// Whole texts that stand for "nothing" in other languages; a variable may well have such a value.
    private static let nothings: Set<String> = ["nil", "none", "-", "--", "n/a", "xxx", "xxxx"]
    private static let parts = ["replace-me", "change-me", "changeme", "replaceme", "fill-me"]
    private static let hosts: Set<String> = [
        "yourdomain.com", "yourcompany.com", "yourhost.com", "your.domain",
    ]

    /// True for a text that reads like a placeholder; `kind` is the name of its scalar kind.
    static func isSuspected(_ text: String, as kind: String) -> Bool {
        // Most texts are none, and all of a large spec pass here. What is refused anyway needs no second finding.
        guard mayBe(text.utf8), text.utf8.count <= 512, !TemplateResidue.isResidue(text) else { return false }
        let lowered = String(
            decoding: text.asciiLowercased.utf8.map { $0 == .underscore ? .hyphen : $0 }, as: UTF8.self)
        if isFree(kind), words.contains(lowered) || isBracketed(text) || lowered.hasPrefix("your-") { return true }
        if isFree(kind), parts.contains(where: { holds(lowered, $0) }) { return true }
        if ["client-id", "scope", "host", "host-pattern"].contains(kind), nothings.contains(lowered) { return true }
        return isUnfilledHost(lowered, kind)
    }

    /// A first look at the bytes: the first two of the telling words and brackets, and three that begin a telling part.
    private static func mayBe(_ bytes: String.UTF8View) -> Bool {
        var window: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            window = (window << 8 | UInt32(byte.isUppercase ? byte | 0x20 : byte)) & 0xFF_FFFF
            if index == 0, [.underscore, .percent, 0x5B, 0x7B, .at, 0x24].contains(byte) { return true }
            if index == 1, pairs.contains(window) { return true }
            switch window {
            // you, cha, rep, fil, .tl, .in
            case 0x79_6F75, 0x63_6861, 0x72_6570, 0x66_696C, 0x2E_746C, 0x2E_696E: return true
            default: continue
            }
        }
        return window == UInt32(UInt8.hyphen)
    }

    /// The first two letters of ``words`` and ``nothings``, as numbers.
    private static let pairs: Set<UInt32> = Set(
        words.union(nothings).filter { $0.utf8.count > 1 }.map { $0.utf8.prefix(2).reduce(0) { $0 << 8 | UInt32($1) } })

    /// By bytes: `String.contains` looks at characters, which costs more than all the rest.
    private static func holds(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        guard text.count >= part.count else { return false }
        return (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
    }

    private static func isFree(_ kind: String) -> Bool { !["profile-name", "preset-name", "name"].contains(kind) }

    /// `__X__`, `%X%`, `[[x]]`, `{x}` and `$X`, each the whole text.
    private static func isBracketed(_ text: String) -> Bool {
        let pairs = [("__", "__"), ("%", "%"), ("[[", "]]"), ("{", "}"), ("@@", "@@")]
        for (open, close) in pairs where text.hasPrefix(open) && text.hasSuffix(close) {
            let inner = text.utf8.dropFirst(open.utf8.count).dropLast(close.utf8.count)
            if !inner.isEmpty, inner.allSatisfy({ $0.isLetter || $0.isDigit || $0 == .underscore || $0 == .hyphen }) {
                return true
            }
        }
        let name = text.utf8.dropFirst()
        return text.hasPrefix("$") && name.first.map { $0.isUppercase || $0 == .underscore } ?? false
            && name.allSatisfy { $0.isUppercase || $0.isDigit || $0 == .underscore }
    }

    /// A host, or the host of a URL, whose name says that it is to be replaced, or that exists nowhere (RFC 2606 §2).
    private static func isUnfilledHost(_ text: String, _ kind: String) -> Bool {
        let isURL = text.splitScheme != nil
        guard isURL || ["host", "host-pattern"].contains(kind) else { return false }
        let authority = (text.splitScheme?.rest ?? text[...]).prefix { $0 != "/" && $0 != "?" }
        let host = String(authority.prefix { $0 != ":" })
        let labels = host.split(separator: ".")
        if labels.contains(where: { $0.hasPrefix("your-") || $0 == "yourdomain" || $0 == "yourcompany" }) {
            return true
        }
        return hosts.contains { host == $0 || host.hasSuffix("." + $0) } || host.hasSuffix(".tld")
            || host.hasSuffix(".invalid")
    }
}
