/// Texts that look like secrets, and how messages show texts at all.
enum SecretText {
    /// A JWT, a PEM block: what is a secret wherever it stands.
    static func isSuspect(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count >= 10 else { return false }
        if bytes.starts(with: "eyJ".utf8), bytes.contains(.dot) { return true }
        return hasFiveHyphens(text) && text.contains("-----BEGIN")
    }

    /// Cheap, and false for nearly every text.
    private static func hasFiveHyphens(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            run = byte == .hyphen ? run + 1 : 0
            if run == 5 { return true }
        }
        return false
    }

    /// At least 32 hexadecimal digits and nothing else: a secret where the name says so.
    static func isHexKey(_ text: String) -> Bool {
        text.utf8.count >= 32 && text.utf8.allSatisfy(\.isHexDigit)
    }

    /// True for names behind which a secret stands.
    static func isSecretName(_ name: String) -> Bool {
        let upper = String(decoding: name.utf8.map { $0.isLowercase ? $0 - 0x20 : $0 }, as: UTF8.self)
        return ["SECRET", "PASSWORD", "PASSWD", "PRIVATE_KEY", "API_KEY", "TOKEN", "SALT"].contains {
            upper.hasSuffix($0)
        }
    }

    /// True for texts that no message repeats.
    static func mayBeSecret(_ text: String) -> Bool { isSuspect(text) || isHexKey(text) || hasUserinfo(text) }

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
