/// The 32 bytes of the digest of a secret, all that is ever stored of one. Codes and tokens, which are looked up, have
/// a
/// ``TokenHash``.
package struct SecretHash: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// Nil unless there are 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The first bytes in hexadecimal: enough to follow one in a log, not enough to look it up.
    package var description: String {
        bytes.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
