extension HTMLLanguage {
    /// Text for people, between tags or within a quoted attribute.
    ///
    /// A page has to be shown whatever somebody calls himself, so nothing is refused: what could turn, hide or break
    /// the text (control characters, direction marks and overrides, invisible characters) is shown as U+FFFD, and a
    /// line end or a tab as a space.
    package static func text(_ value: String) -> Fragment<HTMLLanguage> {
        var bytes: [UInt8] = []
        append(text: value, to: &bytes)
        return Fragment(unchecked: bytes)
    }

    /// A value that has to come back byte for byte, for a quoted attribute.
    package static func value(_ value: String) throws(Unrepresentable) -> Fragment<HTMLLanguage> {
        for scalar in value.unicodeScalars where HTMLScalar(scalar) != .shown {
            throw Unrepresentable(language: displayName, reason: "U+" + hexadecimal(scalar.value))
        }
        return text(value)
    }

    /// An address for an attribute that leads somewhere: of this site, beginning with one `/`, or absolute with a
    /// scheme that opens something and runs nothing. Its bytes are those of a URI (RFC 3986), nothing is escaped here.
    package static func url(_ value: String) throws(Unrepresentable) -> Fragment<HTMLLanguage> {
        let bytes = value.utf8
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") }) else {
            throw Unrepresentable(language: displayName, reason: "a byte that no URI holds")
        }
        guard bytes.first != UInt8(ascii: "/") else {
            let second = bytes.dropFirst().first
            guard second != UInt8(ascii: "/"), second != UInt8(ascii: "\\") else {
                throw Unrepresentable(language: displayName, reason: "a path that begins with two slashes")
            }
            return text(value)
        }
        let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }
        let isScheme =
            scheme.count < bytes.count && scheme.first.map(isLetter) ?? false
            && scheme.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
        guard isScheme else { throw Unrepresentable(language: displayName, reason: "an address without a scheme") }
        let name = String(decoding: scheme.map { isLetter($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        guard !activeSchemes.contains(name) else {
            throw Unrepresentable(language: displayName, reason: "the scheme \(name), which runs or reads something")
        }
        return text(value)
    }

    /// A style sheet as an element, and the bytes that its hash in a `Content-Security-Policy` is made of (CSP3 §8.1).
    package static func styleElement(
        _ sheet: [UInt8]
    ) throws(Unrepresentable) -> (element: Fragment<HTMLLanguage>, content: [UInt8]) {
        for text in ["</", "<!--"] where sheet.firstRange(of: Array(text.utf8)) != nil {
            throw Unrepresentable(language: displayName, reason: "`\(text)`, which ends or hides a style sheet")
        }
        for text in ["@import", "url(", "image-set("] where sheet.firstRange(of: Array(text.utf8)) != nil {
            throw Unrepresentable(language: displayName, reason: "`\(text)`: the pages load nothing")
        }
        let content = [UInt8(ascii: "\n")] + sheet
        return (Fragment(unchecked: Array("<style>".utf8) + content + Array("</style>".utf8)), content)
    }

    /// What a browser would run or read from the machine instead of going there.
    private static let activeSchemes: Set<String> = [
        "about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source",
    ]

    static func append(text value: String, to bytes: inout [UInt8]) {
        if value.utf8.allSatisfy(isPlain) {
            bytes += value.utf8
            return
        }
        for scalar in value.unicodeScalars {
            switch HTMLScalar(scalar) {
            case .shown: append(scalar, to: &bytes)
            case .blank: bytes.append(UInt8(ascii: " "))
            case .unfit: bytes += [0xEF, 0xBF, 0xBD]
            }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar {
        case "&": bytes += "&amp;".utf8
        case "<": bytes += "&lt;".utf8
        case ">": bytes += "&gt;".utf8
        case "\"": bytes += "&quot;".utf8
        case "'": bytes += "&#39;".utf8
        default:
            if scalar.isASCII { bytes.append(UInt8(truncatingIfNeeded: scalar.value)) } else { bytes += scalar.utf8 }
        }
    }

    /// ASCII that means itself wherever a value may stand.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: byte >= 0x20 && byte < 0x7F
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension Unicode.Scalar {
    fileprivate var utf8: some Sequence<UInt8> { UTF8.encode(self) ?? UTF8.EncodedScalar() }
}
