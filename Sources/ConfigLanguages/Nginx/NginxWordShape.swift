/// What a word's bytes say about how it has to be written, found in one pass. It follows from them alone, so that
/// output is stable.
struct NginxWordShape {
    /// The first control character, which no word of ours may have.
    private(set) var controlCharacter: UInt8?
    private(set) var hasDollar = false
    private var isBare: Bool
    private var length = 0
    private var doubleQuotes = 0
    private var singleQuotes = 0
    private var backslashes = 0

    init(_ text: String) {
        isBare = !text.isEmpty
        let bytes = text.utf8Span.span
        length = bytes.count
        for index in bytes.indices {
            let byte = bytes[index]
            guard !NginxLanguage.isBareByte(byte) else {
                if byte == UInt8(ascii: "$") { hasDollar = true }
                continue
            }
            isBare = false
            switch byte {
            case UInt8(ascii: "\""): doubleQuotes += 1
            case UInt8(ascii: "'"): singleQuotes += 1
            case UInt8(ascii: "\\"): backslashes += 1
            case 0..<0x20, 0x7F: controlCharacter = controlCharacter ?? byte
            default: break
            }
        }
    }

    /// What the word is quoted with: nothing where each byte means itself; single quotes for words with `"` and
    /// without `'`, JSON above all; else double quotes. Within them `\` and the quote itself are escaped.
    var quote: UInt8? {
        if isBare { return nil }
        return doubleQuotes > 0 && singleQuotes == 0 ? UInt8(ascii: "'") : UInt8(ascii: "\"")
    }

    /// False when the word stands between its quotes as it is.
    var hasEscapes: Bool {
        backslashes > 0 || controlCharacter != nil || (doubleQuotes > 0 && singleQuotes > 0)
    }

    /// The bytes that the word takes in a file, quotes and escapes included.
    var encodedLength: Int {
        guard let quote else { return length }
        return length + 2 + backslashes + (quote == UInt8(ascii: "'") ? singleQuotes : doubleQuotes)
    }
}
