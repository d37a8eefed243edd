/// A URI with a scheme, split as RFC 3986 §3 does; nothing of it is normalised.
package struct AbsoluteURI: Hashable, Sendable {
    package enum Fault: Error, Hashable, Sendable {
        case tooLong
        /// A byte that no URI holds: a control byte, a space, `\`, `{`, or anything beyond ASCII.
        case forbiddenByte
        case noScheme
        /// An escape that is broken or stands for a control byte.
        case badEscape
        case badAuthority
    }

    package struct Authority: Hashable, Sendable {
        package let hasUserinfo: Bool
        /// As it is written; an IPv6 address with its brackets.
        package let host: String
        package let port: Int?
    }

    package let text: String
    package let scheme: String
    /// Nil where no `//` follows the scheme.
    package let authority: Authority?
    package let path: String
    package let query: String?
    package let fragment: String?

    package init(_ text: String, longest: Int = 2_048) throws(Fault) {
        guard text.utf8.count <= longest else { throw .tooLong }
        let bytes = text.utf8
        guard bytes.allSatisfy(Self.isURIByte) else { throw .forbiddenByte }
        try Self.checkEscapes(bytes)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex,
            bytes[..<colon].allSatisfy(Self.isSchemeByte), bytes.first?.isLetter == true
        else { throw .noScheme }
        self.text = text
        scheme = String(text[..<colon])

        var rest = bytes[bytes.index(after: colon)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(Substring(rest[rest.index(after: hash)...]))
            rest = rest[..<hash]
        } else {
            fragment = nil
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = String(Substring(rest[rest.index(after: mark)...]))
            rest = rest[..<mark]
        } else {
            query = nil
        }
        if rest.starts(with: "//".utf8) {
            let after = rest.dropFirst(2)
            let end = after.firstIndex(of: UInt8(ascii: "/")) ?? after.endIndex
            authority = try Self.authority(after[..<end])
            rest = after[end...]
        } else {
            authority = nil
        }
        path = String(Substring(rest))
    }

    /// True when a segment of the path is `.` or `..`, plainly or by escapes; an escaped dot anywhere counts too,
    /// because nobody writes one in good faith.
    package var hasDotSegments: Bool {
        let bytes = Array(path.utf8)
        for index in bytes.indices.dropLast(2)
        where bytes[index] == UInt8(ascii: "%") && bytes[index + 1] == UInt8(ascii: "2")
            && bytes[index + 2].lowercased == UInt8(ascii: "e")
        {
            return true
        }
        return bytes.split(separator: UInt8(ascii: "/")).contains { segment in
            segment.count <= 2 && segment.allSatisfy { $0 == UInt8(ascii: ".") }
        }
    }

    /// True when the scheme is this one, which is given in lower case.
    package func hasScheme(_ name: String) -> Bool { scheme.matchesIgnoringCase(name) }

    private static func authority(_ bytes: Substring.UTF8View) throws(Fault) -> Authority {
        let at = bytes.lastIndex(of: UInt8(ascii: "@"))
        let place = at.map { bytes[bytes.index(after: $0)...] } ?? bytes
        let hostEnd: Substring.UTF8View.Index
        if place.first == UInt8(ascii: "[") {
            guard let bracket = place.firstIndex(of: UInt8(ascii: "]")) else { throw .badAuthority }
            let address = place[place.index(after: place.startIndex)..<bracket]
            let isAddress = address.allSatisfy {
                $0.hexValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
            guard address.count >= 2, isAddress else { throw .badAuthority }
            hostEnd = place.index(after: bracket)
        } else {
            hostEnd = place.firstIndex(of: UInt8(ascii: ":")) ?? place.endIndex
            let isName = place[..<hostEnd].allSatisfy {
                $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
            }
            guard isName else { throw .badAuthority }
        }
        let host = String(Substring(place[..<hostEnd]))
        guard hostEnd < place.endIndex else { return Authority(hasUserinfo: at != nil, host: host, port: nil) }
        let digits = place[place.index(after: hostEnd)...]
        guard place[hostEnd] == UInt8(ascii: ":"), digits.count <= 5, digits.first != UInt8(ascii: "0"),
            digits.allSatisfy(\.isDigit), let port = Int(Substring(digits)), port <= 65_535
        else { throw .badAuthority }
        return Authority(hasUserinfo: at != nil, host: host, port: port)
    }

    private static func checkEscapes(_ bytes: String.UTF8View) throws(Fault) {
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else { continue }
            guard let high = rest.next()?.hexValue, let low = rest.next()?.hexValue else { throw .badEscape }
            let value = high << 4 | low
            guard value >= 0x20, value != 0x7F else { throw .badEscape }
        }
    }

    private static func isURIByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: byte > 0x20 && byte < 0x7F
        }
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
