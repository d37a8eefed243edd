/// Control characters of ASCII, and how a message calls one without printing it.
enum ControlCharacter {
    static func isOne(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    /// `a carriage return (U+000D)`; nil for other bytes.
    static func name(of byte: UInt8) -> String? {
        guard isOne(byte) else { return nil }
        let digits = String(byte, radix: 16, uppercase: true)
        let code = "U+00" + (digits.utf8.count < 2 ? "0" : "") + digits
        return switch byte {
        case 0x00: "a NUL byte (\(code))"
        case 0x09: "a tab (\(code))"
        case 0x0A: "a line feed (\(code))"
        case 0x0D: "a carriage return (\(code))"
        default: "a control character (\(code))"
        }
    }
}

extension [UInt8] {

    /// True when the two bytes of `pair` stand side by side somewhere.
    func hasPair(_ pair: String) -> Bool {
        let wanted = Array(pair.utf8)
        guard wanted.count == 2, count > 1 else { return false }
        return (1..<count).contains { self[$0 - 1] == wanted[0] && self[$0] == wanted[1] }
    }

    /// U+2028 or U+2029 starts here.
    func hasLineSeparator(at index: Int) -> Bool {
        index + 2 < count && self[index] == 0xE2 && self[index + 1] == 0x80 && (self[index + 2] | 1) == 0xA9
    }
}
