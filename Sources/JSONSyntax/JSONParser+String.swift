extension JSONParser {
    /// Reads a string; the cursor stands on its opening quote.
    mutating func string() throws(JSONError) -> String {
        let start = index + 1
        index = try endOfPlainRun(from: start)
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var text = Array(bytes[start..<index])
        while bytes[index] == UInt8(ascii: "\\") {
            try appendEscape(to: &text)
            let run = index
            index = try endOfPlainRun(from: run)
            text += bytes[run..<index]
        }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    /// The offset of the next quote or backslash.
    private func endOfPlainRun(from start: Int) throws(JSONError) -> Int {
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return end }
            if byte < 0x20 { throw failure("a control character in a string; escape it", at: end) }
            end += 1
        }
        throw failure("expected a closing quote", at: end)
    }

    /// Appends what the escape at the cursor stands for, and moves behind it.
    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
        let start = index
        index += 1
        let escape = current
        index += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += try scalar(escapeStart: start).utf8
        default: throw failure("unknown escape in a string", at: start)
        }
    }

    /// The code point of a `\u` escape or of a pair of them; the cursor stands on the first hex digit.
    private mutating func scalar(escapeStart: Int) throws(JSONError) -> String {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(first) { return String(scalar) }
        let isHigh = first < 0xDC00
        guard isHigh, bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            throw failure("a surrogate without its other half", at: escapeStart)
        }
        index += 2
        let second = try hexUnit()
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw failure("a surrogate without its other half", at: escapeStart) }
        return String(scalar)
    }

    /// Four hexadecimal digits.
    private mutating func hexUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(current)).hexDigitValue else {
                throw failure("expected four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}
