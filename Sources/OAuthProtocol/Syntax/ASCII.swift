/// Classes of bytes by the names of RFC 3986 §2 and RFC 6749 appendix A.
extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isAlphanumeric: Bool { isLetter || isDigit }
    /// `ALPHA / DIGIT / "-" / "." / "_" / "~"`
    var isUnreserved: Bool {
        isAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "~")
    }
    /// Space up to tilde: `VSCHAR`.
    var isPrintable: Bool { self >= 0x20 && self < 0x7F }
    /// `NQCHAR`: no space, quote or backslash.
    var isScopeByte: Bool { self > 0x20 && self < 0x7F && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\") }
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    /// 0 to 15; nil for a byte that is no hexadecimal digit.
    var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}

extension StringProtocol {
    /// True for the same bytes. `==` compares by canonical equivalence, which lets other bytes pass.
    func hasSameBytes(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// True when only the case of ASCII letters differs.
    func matchesIgnoringCase(_ other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
    }

    /// With ASCII letters in lower case, everything else as it was.
    var lowercasedASCII: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
}
