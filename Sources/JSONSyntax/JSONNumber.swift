/// A number as it is spelled: the grammar of RFC 8259 §6, nothing else.
package struct JSONNumber: Hashable, Sendable {
    package let literal: String

    package init(_ value: Int) {
        literal = String(value)
    }

    /// Nil when the text is not a number of RFC 8259: `01`, `+1`, `.5`, `1.`, `NaN`.
    package init?(literal: String) {
        let bytes = Array(literal.utf8)
        guard case .end(bytes.count) = JSONNumber.scan(bytes, from: 0) else { return nil }
        self.literal = literal
    }

    /// For a literal that ``scan(_:from:)`` has accepted.
    init(scanned literal: String) {
        self.literal = literal
    }

    /// The value where it is spelled as an integer and fits; `1.0` and `1e3` are no integers.
    package var int: Int? { Int(literal) }

    package var double: Double? { Double(literal) }

    enum Scan {
        case end(Int)
        case failure(at: Int, String)
    }

    /// Finds the end of the number that begins at `start`.
    static func scan(_ bytes: [UInt8], from start: Int) -> Scan {
        var index = start
        func isDigit(_ index: Int) -> Bool { index < bytes.count && bytes[index] &- 0x30 < 10 }
        func skipDigits() { while isDigit(index) { index += 1 } }

        if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        guard isDigit(index) else { return .failure(at: index, "expected a digit") }
        if bytes[index] == UInt8(ascii: "0") {
            index += 1
            if isDigit(index) { return .failure(at: index, "a number must not begin with a zero") }
        } else {
            skipDigits()
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard isDigit(index) else { return .failure(at: index, "expected a digit after the decimal point") }
            skipDigits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            guard isDigit(index) else { return .failure(at: index, "expected a digit in the exponent") }
            skipDigits()
        }
        return .end(index)
    }
}
