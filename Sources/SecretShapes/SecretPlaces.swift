/// Finds secrets in the bytes of any text, whatever it is and whether or not it could be read; comments count too.
///
/// ``found(in:)`` answers what is certainly one: the shapes of the catalogue, JWTs, private keys, URLs with a password.
/// ``hidden(in:)`` is what no report quotes: those, and what may be one. It rather hides too much than too little.
package enum SecretPlaces {
    package struct Place: Hashable, Sendable {
        package let range: Range<Int>
        /// `GitHub token`, `JSON Web Token`.
        package let title: String
    }

    /// In order, apart from each other.
    package static func found(in bytes: [UInt8]) -> [Place] { places(in: bytes, at: certain) }

    /// In order, apart from each other.
    package static func hidden(in bytes: [UInt8]) -> [Range<Int>] {
        places(in: bytes) { bytes, index in possible(in: bytes, at: index) ?? certain(in: bytes, at: index) }.map(
            \.range)
    }

    package static func holds(_ text: String) -> Bool { !found(in: Array(text.utf8)).isEmpty }

    /// The text with `[secret]` in the place of each.
    package static func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let places = found(in: bytes)
        guard !places.isEmpty else { return text }
        var kept: [UInt8] = []
        var index = 0
        for place in places {
            kept += bytes[index..<place.range.lowerBound] + Array("[secret]".utf8)
            index = place.range.upperBound
        }
        return String(decoding: kept + bytes[index...], as: UTF8.self)
    }

    private static func places(
        in bytes: [UInt8], at find: ([UInt8], Int) -> Place?
    ) -> [Place] {
        var found: [Place] = []
        var index = 0
        while index < bytes.count {
            guard let place = find(bytes, index) else {
                index += 1
                continue
            }
            found.append(place)
            index = max(place.range.upperBound, index + 1)
        }
        return found
    }

    // MARK: what is one

    private static func certain(in bytes: [UInt8], at index: Int) -> Place? {
        let byte = bytes[index]
        if byte == UInt8(ascii: ":") { return credentials(in: bytes, at: index) }
        if byte == UInt8(ascii: "-") { return privateKey(in: bytes, at: index) }
        guard index == 0 || !isAlphanumeric(bytes[index - 1]) else { return nil }
        if byte == UInt8(ascii: "e"), let token = webToken(in: bytes, at: index) { return token }
        for shape in SecretShape.byFirstByte[Int(byte)] {
            guard let length = shape.pattern.length(in: bytes, at: index) else { continue }
            let end = index + length
            guard end == bytes.count || !isAlphanumeric(bytes[end]) else { continue }
            return Place(range: index..<end, title: shape.title)
        }
        return nil
    }

    /// `scheme://user:password@`, or a user's name so long that it is a token; a placeholder is no password.
    private static func credentials(in bytes: [UInt8], at index: Int) -> Place? {
        let slash = UInt8(ascii: "/")
        guard index + 2 < bytes.count, bytes[index + 1] == slash, bytes[index + 2] == slash, index > 0,
            isAlphanumeric(bytes[index - 1])
        else { return nil }
        let authority = bytes[(index + 3)...].prefix { !endsAuthority($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let userinfo = authority[..<at]
        if let colon = userinfo.firstIndex(of: UInt8(ascii: ":")) {
            let password = userinfo[(colon + 1)...]
            guard let first = password.first, let last = password.last, !"$*{".utf8.contains(first),
                first != UInt8(ascii: "%") || last != first
            else { return nil }
        } else if userinfo.count < 20 {
            return nil
        }
        return Place(range: index + 3..<at, title: "URL with user information")
    }

    /// Told apart by a `switch`: a large spec has a URL in every third line, and each of its bytes comes here.
    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case ...0x20, 0x7F..., UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""),
            UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"), UInt8(ascii: "\\"):
            true
        default: false
        }
    }

    /// From `-----BEGIN` to the end of the line with `-----END`, or of the file; certificates and public keys are none.
    private static func privateKey(in bytes: [UInt8], at index: Int) -> Place? {
        guard bytes[index...].starts(with: begin) else { return nil }
        let title = bytes[(index + begin.count)...].prefix(60).prefix { $0 != UInt8(ascii: "-") }
        let text = String(decoding: title, as: UTF8.self)
        guard !["PUBLIC", "CERTIFICATE", "PARAMETERS"].contains(where: text.contains) else { return nil }
        return block(in: bytes, at: index).map { Place(range: $0, title: "private key") }
    }

    /// `eyJ…`, the beginning of every JSON object in base64url, with a dot behind it.
    private static func webToken(in bytes: [UInt8], at index: Int) -> Place? {
        guard index == 0 || !isWord(bytes[index - 1]), bytes[index...].starts(with: "eyJ".utf8) else { return nil }
        let word = bytes[index...].prefix { isWord($0) || $0 == UInt8(ascii: ".") }
        guard word.count >= 10, word.contains(UInt8(ascii: ".")) else { return nil }
        return Place(range: index..<word.endIndex, title: "JSON Web Token")
    }

    // MARK: what may be one

    private static func possible(in bytes: [UInt8], at index: Int) -> Place? {
        switch bytes[index] {
        case UInt8(ascii: ":"): userinfo(in: bytes, at: index)
        case UInt8(ascii: "-"): block(in: bytes, at: index).map { Place(range: $0, title: "PEM block") }
        case let byte where isHexadecimal(byte) && (index == 0 || !isWord(bytes[index - 1])): key(in: bytes, at: index)
        default: nil
        }
    }

    /// Between `://` and the last `@` of the line: userinfo may hold nearly everything, also unescaped by mistake.
    private static func userinfo(in bytes: [UInt8], at index: Int) -> Place? {
        guard bytes[index...].starts(with: "://".utf8) else { return nil }
        let start = index + 3
        let line = bytes[start...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard let at = line.lastIndex(of: UInt8(ascii: "@")), at > start else { return nil }
        return Place(range: start..<at, title: "user information")
    }

    private static let begin = Array("-----BEGIN".utf8)

    private static func block(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        guard bytes[index...].starts(with: begin) else { return nil }
        let end = bytes.indices[index...].first { bytes[$0...].starts(with: "-----END".utf8) } ?? bytes.endIndex
        return index..<(bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex)
    }

    /// A word of 32 to 4096 hexadecimal digits.
    private static func key(in bytes: [UInt8], at index: Int) -> Place? {
        let digits = bytes[index...].prefix(while: isHexadecimal)
        guard (32...4096).contains(digits.count), digits.endIndex == bytes.endIndex || !isWord(bytes[digits.endIndex])
        else {
            return nil
        }
        return Place(range: index..<digits.endIndex, title: "hexadecimal key")
    }

    // MARK: bytes

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
