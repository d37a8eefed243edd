/// Classes of bytes, by the names that RFC 3986 §2, RFC 5234 and RFC 6749 appendix A give them.
///
/// Whoever looks at each byte of a text asks here, from every module: so all of it is inlinable. A call for each byte,
/// and for a generic one several, would be most of the time of a small request.
extension UInt8 {
    @inlinable package var isLowercase: Bool { self &- 0x61 < 26 }
    @inlinable package var isUppercase: Bool { self &- 0x41 < 26 }
    @inlinable package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inlinable package var isDigit: Bool { self &- 0x30 < 10 }
    @inlinable package var isAlphanumeric: Bool { isLetter || isDigit }
    @inlinable package var isHexDigit: Bool { hexValue != nil }
    /// Space up to tilde: `VSCHAR`.
    @inlinable package var isPrintable: Bool { self >= 0x20 && self < 0x7F }
    /// VCHAR: printable, without the space.
    @inlinable package var isVisible: Bool { self > 0x20 && self < 0x7F }
    @inlinable package var isASCII: Bool { self < 0x80 }
    /// `unreserved`: `ALPHA / DIGIT / "-" / "." / "_" / "~"`.
    @inlinable package var isUnreserved: Bool {
        isAlphanumeric || self == .hyphen || self == .dot || self == .underscore || self == .tilde
    }
    /// `NQCHAR`, of which a scope token consists: no space, quote or backslash.
    @inlinable package var isScopeByte: Bool { isVisible && self != .quote && self != .backslash }
    @inlinable package var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
    /// 0 to 15; nil for a byte that is no hexadecimal digit.
    @inlinable package var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }

    @inlinable package static var quote: UInt8 { 0x22 }
    @inlinable package static var hash: UInt8 { 0x23 }
    @inlinable package static var percent: UInt8 { 0x25 }
    @inlinable package static var star: UInt8 { 0x2A }
    @inlinable package static var hyphen: UInt8 { 0x2D }
    @inlinable package static var dot: UInt8 { 0x2E }
    @inlinable package static var slash: UInt8 { 0x2F }
    @inlinable package static var colon: UInt8 { 0x3A }
    @inlinable package static var questionMark: UInt8 { 0x3F }
    @inlinable package static var at: UInt8 { 0x40 }
    @inlinable package static var backslash: UInt8 { 0x5C }
    @inlinable package static var underscore: UInt8 { 0x5F }
    @inlinable package static var tilde: UInt8 { 0x7E }
}

extension StringProtocol {
    /// True for the same bytes. `==` compares by canonical equivalence, which lets other bytes pass.
    @inlinable package func hasSameBytes(as other: some StringProtocol) -> Bool {
        // Most texts that are compared differ in their length already.
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// True when only the case of ASCII letters differs.
    @inlinable package func matchesIgnoringCase(_ other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
    }

    /// With ASCII letters in lower case, everything else as it was.
    @inlinable package var asciiLowercased: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
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
