extension NginxLanguage {
    /// nginx reads a word into a buffer of 4,096 bytes, quotes and escapes included; 4,000 pass everywhere.
    package static let longestWord = 4_000

    /// Text of a comment, without the `#`: one line without control characters.
    package static func commentText(_ text: String) throws(Unrepresentable) -> Fragment<NginxLanguage> {
        let bytes = Array(text.utf8)
        for byte in bytes where byte < 0x20 || byte == 0x7F { throw unrepresentable(controlCharacter(byte)) }
        return Fragment(unchecked: bytes)
    }

    /// Refuses what a word cannot hold.
    static func check(_ text: String, allowsDollar: Bool) throws(Unrepresentable) {
        let shape = NginxWordShape(text)
        if let byte = shape.controlCharacter { throw unrepresentable(controlCharacter(byte)) }
        if shape.hasDollar, !allowsDollar {
            throw unrepresentable("a dollar sign, which starts a variable and cannot be escaped")
        }
        guard shape.encodedLength <= longestWord else {
            throw unrepresentable(
                "\(shape.encodedLength) bytes as nginx has to read it, and \(longestWord) is its limit")
        }
    }

    static func unrepresentable(_ reason: String) -> Unrepresentable {
        Unrepresentable(language: displayName, reason: reason)
    }

    private static func controlCharacter(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "the control character U+00\(digits.utf8.count < 2 ? "0" : "")\(digits)"
    }

    // MARK: Bytes

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

    /// Writes a word so that nginx's lexer (`ngx_conf_read_token`) reads back the same bytes.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let shape = NginxWordShape(text)
        guard let quote = shape.quote else {
            bytes += text.utf8
            return
        }
        bytes.append(quote)
        defer { bytes.append(quote) }
        guard shape.hasEscapes else {
            bytes += text.utf8
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), quote: bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            default: bytes.append(byte)
            }
        }
    }
}
