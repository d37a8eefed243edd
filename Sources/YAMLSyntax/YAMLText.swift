import Diagnostics

/// The bytes of a file that were found to be UTF-8 without forbidden characters, so that every span
/// into them is sound.
struct YAMLText {
    let bytes: [UInt8]
    let file: FileID
    /// Where the text begins: behind the byte order mark, if there is one.
    let start: Int
    let isASCII: Bool

    /// Why a file is no text.
    struct Refusal: Error {
        let diagnostic: Diagnostic
    }

    func span(_ start: Int, _ end: Int) -> Span { Span(file, start, end) }

    static func checked(_ source: SourceFile, id: FileID) -> Result<YAMLText, Refusal> {
        let bytes = source.bytes
        if let name = wideEncoding(bytes) {
            return .failure(
                Refusal(
                    diagnostic: Diagnostic(
                        .yamlNotUTF8, "the file is encoded in \(name), expected UTF-8", at: Label(Span(id, 0, 2)),
                        help: "save it as UTF-8")))
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var isASCII = true
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F {
                index += 1
                continue
            }
            if byte < 0x80 {
                guard byte == 0x09 || byte == 0x0A || byte == 0x0D else {
                    return .failure(forbidden(UInt32(byte), Span(id, index, index + 1)))
                }
                index += 1
                continue
            }
            isASCII = false
            guard let (scalar, length) = decode(bytes, at: index) else {
                return .failure(
                    Refusal(
                        diagnostic: Diagnostic(
                            .yamlNotUTF8, "byte 0x\(hexadecimal(UInt32(byte), width: 2)) is not valid UTF-8 here",
                            at: Label(Span(id, index, index + 1)), help: "save the file as UTF-8")))
            }
            guard isPrintable(scalar) else { return .failure(forbidden(scalar, Span(id, index, index + length))) }
            index += length
        }
        return .success(YAMLText(bytes: bytes, file: id, start: start, isASCII: isASCII))
    }

    /// UTF-16 or UTF-32 by its byte order mark, or by the zeros that ASCII characters have in it.
    private static func wideEncoding(_ bytes: [UInt8]) -> String? {
        let head = bytes.prefix(4)
        if head.elementsEqual([0xFF, 0xFE, 0, 0]) || head.elementsEqual([0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        guard head.count == 4 else { return nil }
        let zeros = head.map { $0 == 0 }
        if zeros == [false, true, false, true] || zeros == [true, false, true, false] { return "UTF-16" }
        return nil
    }

    /// One scalar of well-formed UTF-8 (Unicode 15, table 3-7), or nil.
    private static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
        func continuation(_ step: Int, in range: ClosedRange<UInt8> = 0x80...0xBF) -> UInt32? {
            let place = index + step
            guard place < bytes.count, range.contains(bytes[place]) else { return nil }
            return UInt32(bytes[place] & 0x3F)
        }
        let lead = bytes[index]
        switch lead {
        case 0xC2...0xDF:
            guard let a = continuation(1) else { return nil }
            return (UInt32(lead & 0x1F) << 6 | a, 2)
        case 0xE0...0xEF:
            let second: ClosedRange<UInt8> =
                lead == 0xE0 ? 0xA0...0xBF : lead == 0xED ? 0x80...0x9F : 0x80...0xBF
            guard let a = continuation(1, in: second), let b = continuation(2) else { return nil }
            return (UInt32(lead & 0x0F) << 12 | a << 6 | b, 3)
        case 0xF0...0xF4:
            let second: ClosedRange<UInt8> =
                lead == 0xF0 ? 0x90...0xBF : lead == 0xF4 ? 0x80...0x8F : 0x80...0xBF
            guard let a = continuation(1, in: second), let b = continuation(2), let c = continuation(3) else {
                return nil
            }
            return (UInt32(lead & 0x07) << 18 | a << 12 | b << 6 | c, 4)
        default: return nil
        }
    }

    /// YAML 1.2.2 §5.1 above ASCII, without what ends a line for some readers; a byte order mark is allowed at the
    /// start of the file alone.
    private static func isPrintable(_ scalar: UInt32) -> Bool {
        scalar >= 0xA0 && scalar != 0xFEFF && scalar != 0xFFFE && scalar != 0xFFFF && lineBreaks[scalar] == nil
    }

    /// Next line, line and paragraph separator, with their escapes (YAML 1.2.2 §5.7): YAML 1.1 ends a line at them,
    /// and 1.2 (§5.4) does not, so that one file would be two.
    private static let lineBreaks: [UInt32: String] = [0x85: "\\N", 0x2028: "\\L", 0x2029: "\\P"]

    private static func forbidden(_ scalar: UInt32, _ span: Span) -> Refusal {
        let name = "U+\(hexadecimal(scalar, width: 4))"
        guard let escape = lineBreaks[scalar] else {
            return Refusal(
                diagnostic: Diagnostic(
                    .yamlControlCharacter, "the character \(name) is not allowed in YAML", at: Label(span),
                    help: "remove it, or write it as an escape within double quotes"))
        }
        return Refusal(
            diagnostic: Diagnostic(
                .yamlControlCharacter, "\(name) ends a line for readers of YAML 1.1 and none for those of YAML 1.2",
                at: Label(span, "cannot be seen"), help: "remove it, or write `\(escape)` within double quotes"))
    }

    private static func hexadecimal(_ number: UInt32, width: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
