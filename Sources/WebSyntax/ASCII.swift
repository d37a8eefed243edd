/// Classes of bytes, by the names that RFC 3986 §2, RFC 5234 and RFC 6749 appendix A give them.
extension UInt8 {
    package var isLowercase: Bool { self &- 0x61 < 26 }
    package var isUppercase: Bool { self &- 0x41 < 26 }
    package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    package var isDigit: Bool { self &- 0x30 < 10 }
    package var isAlphanumeric: Bool { isLetter || isDigit }
    package var isHexDigit: Bool { hexValue != nil }
    /// Space up to tilde: `VSCHAR`.
    package var isPrintable: Bool { self >= 0x20 && self < 0x7F }
    /// VCHAR: printable, without the space.
    package var isVisible: Bool { self > 0x20 && self < 0x7F }
    package var isASCII: Bool { self < 0x80 }
    /// `unreserved`: `ALPHA / DIGIT / "-" / "." / "_" / "~"`.
    package var isUnreserved: Bool {
        isAlphanumeric || self == .hyphen || self == .dot || self == .underscore || self == .tilde
    }
    /// `NQCHAR`, of which a scope token consists: no space, quote or backslash.
    package var isScopeByte: Bool { isVisible && self != .quote && self != .backslash }
    package var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
    /// 0 to 15; nil for a byte that is no hexadecimal digit.
    package var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }

    package static let quote: UInt8 = 0x22
    package static let hash: UInt8 = 0x23
    package static let percent: UInt8 = 0x25
    package static let star: UInt8 = 0x2A
    package static let hyphen: UInt8 = 0x2D
    package static let dot: UInt8 = 0x2E
    package static let slash: UInt8 = 0x2F
    package static let colon: UInt8 = 0x3A
    package static let questionMark: UInt8 = 0x3F
    package static let at: UInt8 = 0x40
    package static let backslash: UInt8 = 0x5C
    package static let underscore: UInt8 = 0x5F
    package static let tilde: UInt8 = 0x7E
}

extension StringProtocol {
    /// True for the same bytes. `==` compares by canonical equivalence, which lets other bytes pass.
    package func hasSameBytes(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// True when only the case of ASCII letters differs.
    package func matchesIgnoringCase(_ other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
    }

    /// With ASCII letters in lower case, everything else as it was.
    package var asciiLowercased: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
}

extension String {
    /// How messages show one character that does not belong: `" "` by name, controls and non-ASCII by code point.
    package static func display(_ scalar: Unicode.Scalar) -> String {
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
    package func firstScalar(where isRefused: (UInt8) -> Bool) -> Unicode.Scalar? {
        // Most texts hold none: bytes are looked through first, they are far cheaper.
        guard utf8.contains(where: { isRefused($0.isASCII ? $0 : 0x80) }) else { return nil }
        return unicodeScalars.first { scalar in
            scalar.value > 0x7F ? isRefused(0x80) : isRefused(UInt8(truncatingIfNeeded: scalar.value))
        }
    }
}
