/// The byte classes of HTTP (RFC 9110 §5.6).
enum HTTPSyntax {
    /// `tchar`.
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isTokenByte)
    }

    /// No control byte but the tab.
    static func isFieldValue(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// A field's value as text; nil where it has control bytes or is no UTF-8.
    static func text(_ value: some Collection<UInt8>) -> String? {
        isFieldValue(value) ? String(validating: value, as: UTF8.self) : nil
    }

    /// A field's value with U+FFFD for every byte that ``text(_:)`` refuses it for.
    static func replacing(_ value: some Collection<UInt8>) -> String {
        // 0xFF is no UTF-8 anywhere, so each becomes one U+FFFD.
        String(decoding: value.map { isFieldValue(CollectionOfOne($0)) ? $0 : 0xFF }, as: UTF8.self)
    }

    /// `bytes` without spaces and tabs at both ends.
    static func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        var slice = bytes[...]
        while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
        return slice
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
    }

    /// Equal but for the case of ASCII letters.
    static func isSameName(_ left: some Collection<UInt8>, _ right: String) -> Bool {
        left.count == right.utf8.count && zip(left, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    static func isSameName(_ left: String, _ right: String) -> Bool { isSameName(left.utf8, right) }

    /// The value of a hexadecimal digit.
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
