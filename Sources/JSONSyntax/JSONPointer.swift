/// A JSON Pointer (RFC 6901), split and unescaped.
package struct JSONPointer: Hashable, Sendable {
    package let tokens: [String]

    /// Nil when the text is no pointer: it begins without `/`, or has a `~` before something other than 0 and 1.
    package init?(_ text: String) {
        if text.isEmpty {
            tokens = []
            return
        }
        var tokens: [String] = []
        var token: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        guard bytes.next() == UInt8(ascii: "/") else { return nil }
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "/"):
                tokens.append(String(decoding: token, as: UTF8.self))
                token.removeAll(keepingCapacity: true)
            case UInt8(ascii: "~"):
                switch bytes.next() {
                case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
                default: return nil
                }
            default:
                token.append(byte)
            }
        }
        self.tokens = tokens + [String(decoding: token, as: UTF8.self)]
    }

    /// An array index as §4 spells it: no sign, no leading zero.
    static func index(_ token: String) -> Int? {
        guard let value = Int(token), value >= 0, String(value) == token else { return nil }
        return value
    }
}
