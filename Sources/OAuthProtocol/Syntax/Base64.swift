/// The two alphabets of RFC 4648, strictly: no other byte, no bits behind the last one.
enum Base64 {
    /// Without padding (RFC 4648 §5).
    static func urlEncoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var held = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(urlAlphabet[Int(bits >> UInt32(held) & 63)])
            }
        }
        if held > 0 { text.append(urlAlphabet[Int(bits << UInt32(6 - held) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads base64url without padding.
    static func urlDecoded(_ text: some StringProtocol) -> [UInt8]? {
        decoded(text.utf8) { byte in
            switch byte {
            case UInt8(ascii: "-"): 62
            case UInt8(ascii: "_"): 63
            default: alphanumericValue(byte)
            }
        }
    }

    /// Reads base64 (RFC 4648 §4); the padding may be there or not.
    static func decoded(_ text: some StringProtocol) -> [UInt8]? {
        var bytes = Array(text.utf8)
        if bytes.count % 4 == 0 {
            for _ in 0..<2 where bytes.last == UInt8(ascii: "=") { bytes.removeLast() }
        }
        return decoded(bytes) { byte in
            switch byte {
            case UInt8(ascii: "+"): 62
            case UInt8(ascii: "/"): 63
            default: alphanumericValue(byte)
            }
        }
    }

    private static func decoded(_ text: some Collection<UInt8>, value: (UInt8) -> UInt32?) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var held = 0
        for byte in text {
            guard let six = value(byte) else { return nil }
            bits = bits << 6 | six
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        let rest = bits & (1 << UInt32(held) - 1)
        return rest == 0 ? bytes : nil
    }

    private static let urlAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func alphanumericValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        default: nil
        }
    }
}
