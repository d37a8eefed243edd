extension NginxLanguage {
    /// nginx reads a word into a buffer of 4,096 bytes, quotes and escapes included; 4,000 pass everywhere.
    package static let longestWord = 4_000

    /// Text of a comment, without the `#`: one line without control characters.
    package static func commentText(_ text: String) throws(Unrepresentable) -> Fragment<NginxLanguage> {
        for byte in text.utf8 where byte < 0x20 || byte == 0x7F { throw unrepresentable(controlCharacter(byte)) }
        return Fragment(unchecked: Array(text.utf8))
    }

    /// Refuses what a word cannot hold.
    static func check(_ text: String, allowsDollar: Bool) throws(Unrepresentable) {
        var hasDollar = false
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F { throw unrepresentable(controlCharacter(byte)) }
            if byte == UInt8(ascii: "$") { hasDollar = true }
        }
        if hasDollar, !allowsDollar {
            throw unrepresentable("a dollar sign, which starts a variable and cannot be escaped")
        }
        let length = encodedLength(text)
        guard length <= longestWord else {
            throw unrepresentable("\(length) bytes as nginx has to read it, and \(longestWord) is its limit")
        }
    }

    static func unrepresentable(_ reason: String) -> Unrepresentable {
        Unrepresentable(language: displayName, reason: reason)
    }

    private static func controlCharacter(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "the control character U+00\(digits.utf8.count < 2 ? "0" : "")\(digits)"
    }

    // MARK: Quoting

    /// How a word is written. It follows from the word's bytes alone, so that output is stable.
    enum Quoting {
        case bare
        /// In double quotes, `\` and `"` escaped.
        case double
        /// In single quotes: for words with `"` and without `'`, JSON above all. `\` is escaped.
        case single

        var quote: UInt8 { self == .single ? UInt8(ascii: "'") : UInt8(ascii: "\"") }
    }

    static func quoting(of text: String) -> Quoting {
        var isBare = !text.isEmpty
        var hasDouble = false
        var hasSingle = false
        for byte in text.utf8 {
            if !isBareByte(byte) { isBare = false }
            if byte == UInt8(ascii: "\"") { hasDouble = true }
            if byte == UInt8(ascii: "'") { hasSingle = true }
        }
        if isBare { return .bare }
        return hasDouble && !hasSingle ? .single : .double
    }

    /// The bytes that mean themselves wherever they stand in a word; `$` begins a variable, quoted or not.
    static func isBareByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "+")...UInt8(ascii: ":"),  // + , - . / 0-9 :
            UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "="), UInt8(ascii: "$"),
            UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "*"):
            true
        default: false
        }
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The bytes that the word takes in a file.
    private static func encodedLength(_ text: String) -> Int {
        let quoting = quoting(of: text)
        guard quoting != .bare else { return text.utf8.count }
        var length = text.utf8.count + 2
        for byte in text.utf8 where byte == UInt8(ascii: "\\") || byte == quoting.quote { length += 1 }
        return length
    }

    /// Writes a word so that nginx's lexer (`ngx_conf_read_token`) reads back the same bytes.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let quoting = quoting(of: text)
        guard quoting != .bare else {
            bytes += text.utf8
            return
        }
        bytes.append(quoting.quote)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), quoting.quote: bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            default: bytes.append(byte)
            }
        }
        bytes.append(quoting.quote)
    }
}
