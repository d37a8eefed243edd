/// Decoded `name=value` pairs of a query or of an `application/x-www-form-urlencoded` body, in order.
///
/// Strict: each `%` has two hexadecimal digits, `+` is a space, all other bytes are visible ASCII, the decoded bytes
/// are UTF-8 without NUL, and a name is never empty. Whether a name may repeat is the reader's question: ask with
/// ``value(of:)``, which refuses it.
package struct FormParameters: Hashable, Sendable {
    package struct Pair: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package enum Failure: Error, Hashable, Sendable {
        /// More pairs than the limit.
        case tooMany
        /// A byte, an escape or a sequence that the form does not allow.
        case malformed
        /// A name that must stand once stands again.
        case repeated(String)
    }

    package let pairs: [Pair]

    package static let none = FormParameters(pairs: [])

    private init(pairs: [Pair]) {
        self.pairs = pairs
    }

    /// An empty part between two `&` is no pair, and counts toward the limit as one, for it costs as much.
    package init(decoding bytes: some Collection<UInt8>, limit: Int = 100) throws(Failure) {
        // One copy: each step through a collection that is not known here would be a call.
        try self.init(Array(bytes), limit: limit)
    }

    private init(_ bytes: [UInt8], limit: Int) throws(Failure) {
        var pairs: [Pair] = []
        var parts = 0
        var start = 0
        while start < bytes.count {
            guard parts < limit else { throw .tooMany }
            parts += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            let part = bytes[start..<end]
            start = end + 1
            if part.isEmpty { continue }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? end
            let name = try Self.decoded(part[..<equals])
            guard !name.isEmpty else { throw .malformed }
            pairs.append(Pair(name, try Self.decoded(part[min(equals + 1, end)...])))
        }
        self.pairs = pairs
    }

    /// The value of a name, nil when it is absent.
    package func value(of name: String) throws(Failure) -> String? {
        let values = values(of: name)
        guard values.count <= 1 else { throw .repeated(name) }
        return values.first
    }

    /// All values of a name, for the few parameters that may repeat (`resource`, RFC 8707 §2).
    package func values(of name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Failure) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.endIndex, let high = HTTPSyntax.hexadecimal(bytes[index + 1]),
                    let low = HTTPSyntax.hexadecimal(bytes[index + 2]), high | low != 0
                else { throw .malformed }
                result.append(high << 4 | low)
                index += 2
            case UInt8(ascii: "+"): result.append(0x20)
            case let byte where (0x21...0x7E).contains(byte): result.append(byte)
            default: throw .malformed
            }
            index += 1
        }
        guard let text = String(validating: result, as: UTF8.self) else { throw .malformed }
        return text
    }
}
