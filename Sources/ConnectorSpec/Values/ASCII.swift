/// Classes of bytes, by the names that RFC 3986 §2.3 and RFC 5234 give them.
extension UInt8 {
    var isLowercase: Bool { 0x61 <= self && self <= 0x7A }
    var isUppercase: Bool { 0x41 <= self && self <= 0x5A }
    var isLetter: Bool { isLowercase || isUppercase }
    var isDigit: Bool { 0x30 <= self && self <= 0x39 }
    var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self) || (0x41...0x46).contains(self) }
    /// VCHAR: printable, without the space.
    var isVisible: Bool { 0x21 <= self && self <= 0x7E }
    var isASCII: Bool { self < 0x80 }
    /// `unreserved` of RFC 3986 §2.3.
    var isUnreserved: Bool {
        isLetter || isDigit || self == .hyphen || self == .dot || self == .underscore || self == .tilde
    }

    static let quote: UInt8 = 0x22
    static let hash: UInt8 = 0x23
    static let percent: UInt8 = 0x25
    static let star: UInt8 = 0x2A
    static let hyphen: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let colon: UInt8 = 0x3A
    static let questionMark: UInt8 = 0x3F
    static let at: UInt8 = 0x40
    static let backslash: UInt8 = 0x5C
    static let underscore: UInt8 = 0x5F
    static let tilde: UInt8 = 0x7E
}

extension String {
    /// ASCII letters lowered, nothing else touched.
    var asciiLowercased: String {
        String(decoding: utf8.map { $0.isUppercase ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    /// How messages show one character that does not belong: `" "` by name, controls and non-ASCII by code point.
    static func display(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case " ": return "a space"
        case "\t": return "a tab"
        case "\n", "\r": return "a line break"
        case "!"..."~": return "`\(scalar)`"
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.utf8.count)) + digits
        }
    }

    /// The first character whose bytes are not all accepted.
    func firstScalar(where isRefused: (UInt8) -> Bool) -> Unicode.Scalar? {
        // Most texts hold none: bytes are looked through first, they are far cheaper.
        guard utf8.contains(where: { isRefused($0.isASCII ? $0 : 0x80) }) else { return nil }
        return unicodeScalars.first { scalar in
            scalar.value > 0x7F ? isRefused(0x80) : isRefused(UInt8(truncatingIfNeeded: scalar.value))
        }
    }
}
