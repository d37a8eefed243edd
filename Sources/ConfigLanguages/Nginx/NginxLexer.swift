import Diagnostics

/// Cuts a file into words, comments and punctuation exactly as nginx does (`ngx_conf_read_token`).
struct NginxLexer {
    enum Token {
        case word(NginxArgument)
        /// The text behind `#` and one space, without the line end.
        case comment(String)
        case semicolon
        case openBrace
        case closeBrace
        case end
    }

    private let bytes: [UInt8]
    private let file: FileID
    /// Where the next token is looked for.
    private(set) var offset = 0
    private(set) var problems: [NginxSyntaxProblem] = []

    init(_ bytes: [UInt8], file: FileID) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            report(.strangeBytes, 0..<3)
            offset = 3
        }
    }

    mutating func next() -> Token {
        while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
        guard offset < bytes.count else { return .end }
        switch bytes[offset] {
        case UInt8(ascii: ";"):
            offset += 1
            return .semicolon
        case UInt8(ascii: "{"):
            offset += 1
            return .openBrace
        case UInt8(ascii: "}"):
            offset += 1
            return .closeBrace
        case UInt8(ascii: "#"):
            return .comment(comment())
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return .word(quotedWord())
        default:
            return .word(bareWord())
        }
    }

    // MARK: Tokens

    private mutating func comment() -> String {
        var start = offset + 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        var end = offset
        if start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
        while start < end, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func bareWord() -> NginxArgument {
        let start = offset
        let hasEscapes = scan { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "{") || Self.isSpace($0) }
        return word(of: start..<offset, hasEscapes: hasEscapes, range: start..<offset)
    }

    private mutating func quotedWord() -> NginxArgument {
        let start = offset
        let quote = bytes[start]
        offset += 1
        let hasEscapes = scan { $0 == quote }
        let inner = (start + 1)..<offset
        guard offset < bytes.count else {
            report(.unterminatedQuote, start..<(start + 1))
            return word(of: inner, hasEscapes: hasEscapes, range: start..<offset)
        }
        offset += 1
        if offset < bytes.count, !Self.mayFollowQuote(bytes[offset]) {
            report(.gluedToQuote, offset..<(offset + 1))
        }
        return word(of: inner, hasEscapes: hasEscapes, range: start..<offset)
    }

    /// Goes on to the first byte that `ends` a word, over escaped ones and over the brace of `${`; answers
    /// whether there was a backslash.
    @inline(__always)
    private mutating func scan(until ends: (UInt8) -> Bool) -> Bool {
        var isVariable = false
        var hasEscapes = false
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "{"), isVariable {
                offset += 1
                continue
            }
            isVariable = byte == UInt8(ascii: "$")
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                offset = min(offset + 2, bytes.count)
                continue
            }
            if ends(byte) { break }
            offset += 1
        }
        return hasEscapes
    }

    private mutating func word(of inner: Range<Int>, hasEscapes: Bool, range: Range<Int>) -> NginxArgument {
        if hasEscapes { return word(of: Self.unescaped(bytes[inner])[...], range: range) }
        return word(of: bytes[inner], range: range)
    }

    private mutating func word(of content: ArraySlice<UInt8>, range: Range<Int>) -> NginxArgument {
        var isPlain = true
        for byte in content where byte >= 0x80 || byte == 0 {
            isPlain = false
            break
        }
        if !isPlain, content.contains(0) || String(validating: content, as: UTF8.self) == nil {
            report(.strangeBytes, range)
        }
        return NginxArgument(
            unchecked: String(decoding: content, as: UTF8.self), at: Span(file, range.lowerBound, range.upperBound))
    }

    /// nginx knows `\"`, `\'`, `\\`, `\t`, `\r` and `\n`; before anything else a backslash is itself.
    private static func unescaped(_ content: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = content.startIndex
        while index < content.endIndex {
            let byte = content[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < content.endIndex else {
                result.append(byte)
                continue
            }
            switch content[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): result.append(content[index])
            case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
            default:
                result.append(byte)
                continue
            }
            index += 1
        }
        return result
    }

    private mutating func report(_ kind: NginxSyntaxProblem.Kind, _ range: Range<Int>) {
        problems.append(NginxSyntaxProblem(kind: kind, span: Span(file, range.lowerBound, range.upperBound)))
    }

    // MARK: Bytes

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
            || byte == UInt8(ascii: "\r")
    }

    /// `)` is for `if ($a = "b")`, where it begins the next word.
    private static func mayFollowQuote(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: ")")
    }
}
