/// Finds what is a secret wherever it stands, in the bytes of any file: userinfo of URLs, JWTs, PEM blocks and long
/// hexadecimal keys. No report quotes it, whatever the file is and whether or not it could be read; comments count too.
/// It rather hides too much than too little.
enum SecretPlaces {
    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            guard let range = secret(in: bytes, at: index) else {
                index += 1
                continue
            }
            found.append(range)
            index = max(range.upperBound, index + 1)
        }
        return found
    }

    private static func secret(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        switch bytes[index] {
        case UInt8(ascii: ":"): userinfo(in: bytes, at: index)
        case UInt8(ascii: "-"): block(in: bytes, at: index)
        case UInt8(ascii: "e") where !isWord(before: index, in: bytes):
            token(in: bytes, at: index) ?? key(in: bytes, at: index)
        case let byte where isHexadecimal(byte) && !isWord(before: index, in: bytes): key(in: bytes, at: index)
        default: nil
        }
    }

    /// Between `://` and the last `@` of the line: userinfo may hold nearly everything, also unescaped by mistake.
    private static func userinfo(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        guard bytes[index...].starts(with: "://".utf8) else { return nil }
        let start = index + 3
        let line = bytes[start...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard let at = line.lastIndex(of: UInt8(ascii: "@")), at > start else { return nil }
        return start..<at
    }

    /// From `-----BEGIN` to the end of the line with `-----END`, or of the file.
    private static func block(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        guard bytes[index...].starts(with: "-----BEGIN".utf8) else { return nil }
        let end = bytes.indices[index...].first { bytes[$0...].starts(with: "-----END".utf8) } ?? bytes.endIndex
        return index..<(bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex)
    }

    /// `eyJ…`, the beginning of every JSON object in base64url, with a dot behind it.
    private static func token(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        guard bytes[index...].starts(with: "eyJ".utf8) else { return nil }
        let word = bytes[index...].prefix { isWord($0) || $0 == UInt8(ascii: ".") }
        return word.count >= 10 && word.contains(UInt8(ascii: ".")) ? index..<word.endIndex : nil
    }

    /// A word of 32 to 4096 hexadecimal digits.
    private static func key(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        let digits = bytes[index...].prefix(while: isHexadecimal)
        guard (32...4096).contains(digits.count), digits.endIndex == bytes.endIndex || !isWord(bytes[digits.endIndex])
        else {
            return nil
        }
        return index..<digits.endIndex
    }

    private static func isWord(before index: Int, in bytes: [UInt8]) -> Bool { index > 0 && isWord(bytes[index - 1]) }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
