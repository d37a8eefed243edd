import SecretShapes
import WebSyntax

/// Texts that may be secrets, and how messages show texts at all.
enum SecretText {
    /// At least 32 hexadecimal digits and nothing else: a secret where the name says so.
    static func isHexKey(_ text: String) -> Bool {
        text.utf8.count >= 32 && text.utf8.allSatisfy(\.isHexDigit)
    }

    /// True for names behind which a secret stands: `DB_PASSWORD`, `apiKey`, `SENTRY_DSN`; not `MONKEY`, nor what
    /// is public by its name.
    static func isSecretName(_ name: String) -> Bool {
        let words = Self.words(of: name)
        guard let last = words.last, !words.contains("PUBLIC"), !words.contains("PUBLISHABLE") else { return false }
        return whole.contains(last) || endings.contains { last.hasSuffix($0) }
    }

    private static let whole: Set<String> = ["KEY", "DSN", "PASS", "SALT", "CREDENTIAL", "CREDENTIALS"]
    private static let endings = [
        "SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "APIKEY", "SECRETKEY", "PRIVATEKEY", "ACCESSKEY",
    ]

    /// In upper case: `DB_PASSWORD` and `dbPassword` have the same two.
    private static func words(of name: String) -> [String] {
        var words: [[UInt8]] = [[]]
        var wasLowercase = false
        for byte in name.utf8 {
            guard byte.isLetter || byte.isDigit else {
                words.append([])
                wasLowercase = false
                continue
            }
            if wasLowercase, byte.isUppercase { words.append([]) }
            wasLowercase = byte.isLowercase
            words[words.count - 1].append(byte.isLowercase ? byte - 0x20 : byte)
        }
        return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// False for what stands behind such a name and is none: nothing, a boolean, the path of a file.
    static func isPlainValue(_ text: String) -> Bool {
        let truths: Set = ["true", "false", "yes", "no", "on", "off", "none", "0", "1"]
        if text.isEmpty || truths.contains(text.asciiLowercased) { return false }
        return !(text.hasPrefix("/") && text.utf8.dropFirst().contains(.slash))
    }

    /// True for texts that no message repeats.
    static func mayBeSecret(_ text: String) -> Bool {
        SecretPlaces.holds(text) || isHexKey(text) || hasUserinfo(text)
    }

    /// A text as a message may show it: in backticks, shortened, or only its length when it may be a secret.
    static func display(_ text: String) -> String {
        let count = text.utf8.count
        if mayBeSecret(text) { return "set (len \(count))" }
        let cleaned = text.unicodeScalars.reduce(into: "") { result, scalar in
            result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
        }
        guard count > 100 else { return "`\(cleaned)`" }
        return "`\(String(cleaned.unicodeScalars.prefix(80)))…`"
    }

    private static func hasUserinfo(_ text: String) -> Bool {
        text.splitScheme.map { $0.rest.utf8.contains(.at) } ?? false
    }
}
