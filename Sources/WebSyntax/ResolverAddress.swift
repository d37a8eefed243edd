/// A name server for nginx: an address, with a port where it is not 53: `127.0.0.11`, `[fd00::1]:5353`.
///
/// A name is refused: nginx would look it up once, at its start, by the means that the resolver is there to replace.
package struct ResolverAddress: TextValue {
    package static let noun = "the address of a name server"
    static let expected = "the address of a name server like 127.0.0.11, with a port where it is not 53"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if NumericAddress.bytes(text) != nil, text.utf8.contains(.colon) {
            throw InvalidValue(
                "is an IPv6 address without brackets", expected: Self.expected, suggestion: "[\(text)]",
                kind: .invalidHost)
        }
        let (host, _) = try SocketAddress.split(text[...], expected: Self.expected)
        guard SocketAddress.isIPv4(host) || SocketAddress.isIPv6(host) else {
            throw InvalidValue("is no address", expected: Self.expected, kind: .invalidHost)
        }
        self.text = text
    }
}
