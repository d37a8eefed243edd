/// What a store knows a code or a token by, and all that it ever has of one: 32 bytes, of which the first six say when
/// it was made and the others are of the digest of its secret.
///
/// Digests alone would scatter what is made together over the whole index of a store: each write would change a page
/// of its own, and the more of them the larger the store. Led by the moment, they lie side by side.
package struct TokenHash: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// Milliseconds since 1970 in 48 bits, as in a UUID of version 7 (RFC 9562 §5.7).
    package static let timestampLength = 6
    /// 208 bits of a digest.
    package static let digestLength = 26

    /// Nil unless there are 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.timestampLength + Self.digestLength else { return nil }
        self.bytes = bytes
    }

    /// Nil for a digest of less than 26 bytes; what it has more is left out.
    package init?(madeAt timestamp: UnixTime, digest: [UInt8]) {
        self.init(Self.bytes(of: timestamp) + digest.prefix(Self.digestLength))
    }

    package var madeAt: UnixTime {
        Self.timestamp(of: bytes.prefix(Self.timestampLength))
    }

    /// Whether both are of the same secret, whenever it was made.
    package func isOfSameSecret(as other: TokenHash) -> Bool {
        bytes.dropFirst(Self.timestampLength) == other.bytes.dropFirst(Self.timestampLength)
    }

    /// The moment in six bytes, the most significant first.
    package static func bytes(of timestamp: UnixTime) -> [UInt8] {
        (0..<timestampLength).reversed().map { UInt8(truncatingIfNeeded: timestamp.milliseconds >> Int64($0 * 8)) }
    }

    /// What six such bytes say.
    package static func timestamp(of bytes: some Sequence<UInt8>) -> UnixTime {
        UnixTime(milliseconds: bytes.reduce(0) { $0 << 8 | Int64($1) })
    }

    /// The first bytes of the digest in hexadecimal: enough to follow one in a log, not enough to look it up.
    package var description: String {
        bytes.dropFirst(Self.timestampLength).prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
