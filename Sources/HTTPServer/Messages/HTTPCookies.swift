/// The cookies of all `Cookie` fields of a request, in order (RFC 6265 §4.2).
///
/// A pair that is none (no `=`, a name that is no token, a byte that no cookie may hold) is left out: browsers send
/// what other applications of the site have set.
package struct HTTPCookies: Hashable, Sendable {
    package struct Pair: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package let pairs: [Pair]

    init(_ headers: HTTPHeaders) {
        pairs = headers.values(of: "Cookie").flatMap { field in
            field.utf8.split(separator: UInt8(ascii: ";")).compactMap { Self.pair(HTTPSyntax.trimmed($0)) }
        }
    }

    /// The value of a name that stands exactly once; two values of one name are two opinions and give nil.
    package subscript(name: String) -> String? {
        let values = pairs.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }

    private static func pair(_ bytes: Substring.UTF8View) -> Pair? {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = bytes[..<equals]
        var value = bytes[bytes.index(after: equals)...]
        if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
            value = value.dropFirst().dropLast()
        }
        guard HTTPSyntax.isToken(name), value.allSatisfy(isCookieByte) else { return nil }
        return Pair(name: String(Substring(name)), value: String(Substring(value)))
    }

    /// `cookie-octet`.
    private static func isCookieByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7E:
            byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";")
                && byte != UInt8(ascii: "\\")
        default: false
        }
    }
}
