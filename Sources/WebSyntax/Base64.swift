/// Base64 with the alphabet of RFC 4648 §4, strictly: no other byte, no bits behind the last one.
package enum Base64 {
    /// With padding.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text = Base64Alphabet.standard.encode(bytes)
        text += [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        return String(decoding: text, as: UTF8.self)
    }

    /// The padding may be there or not.
    @inlinable package static func decode(_ text: some StringProtocol) -> [UInt8]? { decode(Array(text.utf8)) }

    package static func decode(_ text: [UInt8]) -> [UInt8]? {
        var bytes = text
        if bytes.count % 4 == 0 {
            for _ in 0..<2 where bytes.last == UInt8(ascii: "=") { bytes.removeLast() }
        }
        return Base64Alphabet.standard.decode(bytes)
    }
}

/// Base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it), with one spelling for each value.
package enum Base64URL {
    package static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: Base64Alphabet.url.encode(bytes), as: UTF8.self)
    }

    /// Nil for padding, any other byte, a length that no value has, and last bits that are not zero: what decodes
    /// encodes to the same text again.
    package static func decode(_ text: [UInt8]) -> [UInt8]? { Base64Alphabet.url.decode(text) }

    /// The copy is made where the collection is known: from another module each of its elements would be a call.
    @inlinable package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? { decode(Array(text)) }

    @inlinable package static func decode(_ text: some StringProtocol) -> [UInt8]? { decode(Array(text.utf8)) }
}

/// The 64 digits of an encoding, and the value of each byte among them.
private struct Base64Alphabet: Sendable {
    static let standard = Base64Alphabet("+/")
    static let url = Base64Alphabet("-_")

    private let digits: [UInt8]
    /// 255 for a byte that is no digit.
    private let values: [UInt8]

    private init(_ last: String) {
        digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(last)".utf8)
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in digits.enumerated() { values[Int(byte)] = UInt8(value) }
        self.values = values
    }

    /// Without padding.
    func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            for place in 0...min(rest, 3) { text.append(digits[Int(group >> UInt32(18 - 6 * place) & 63)]) }
            index += 3
        }
        return text
    }

    func decode(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in text {
            let value = values[Int(byte)]
            guard value != 255 else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
                buffer &= (1 << UInt32(bits)) - 1
            }
        }
        return buffer == 0 ? bytes : nil
    }
}
