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

    package init(decoding bytes: some Collection<UInt8>, limit: Int = 100) throws(Failure) {
        var pairs: [Pair] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let part = rest[..<end]
            rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
            if part.isEmpty { continue }
            guard pairs.count < limit else { throw .tooMany }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let value = equals == part.endIndex ? part[equals...] : part[part.index(after: equals)...]
            let name = try Self.decoded(part[..<equals])
            guard !name.isEmpty else { throw .malformed }
            pairs.append(Pair(name, try Self.decoded(value)))
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

    private static func decoded(_ bytes: some Collection<UInt8>) throws(Failure) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(HTTPSyntax.hexadecimal),
                    let low = iterator.next().flatMap(HTTPSyntax.hexadecimal), high | low != 0
                else { throw .malformed }
                result.append(high << 4 | low)
            case UInt8(ascii: "+"): result.append(0x20)
            case 0x21...0x7E: result.append(byte)
            default: throw .malformed
            }
        }
        guard let text = String(validating: result, as: UTF8.self) else { throw .malformed }
        return text
    }
}
