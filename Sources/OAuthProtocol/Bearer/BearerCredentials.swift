/// What an `Authorization` field brings (RFC 6750 §2.1).
package enum BearerCredentials: Hashable, Sendable {
    /// No field, another scheme, or nothing that is a token behind the scheme.
    case none
    /// A token by its syntax; whether it means anything is the store's to say.
    case token(String)

    /// The scheme compares without case, one space follows it, and the rest is a `b64token`.
    package init(_ authorization: String?) {
        let scheme = "bearer ".utf8
        guard let bytes = authorization?.utf8, bytes.count > scheme.count,
            zip(bytes, scheme).allSatisfy({ Self.lowercased($0) == $1 })
        else {
            self = .none
            return
        }
        let token = bytes.dropFirst(scheme.count)
        let body = token.prefix { Self.isTokenByte($0) }
        let isToken = !body.isEmpty && token.dropFirst(body.count).allSatisfy { $0 == UInt8(ascii: "=") }
        self = isToken ? .token(String(Substring(token))) : .none
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
