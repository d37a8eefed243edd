/// An address of IPv4, 4 bytes, or IPv6, 16 bytes, in network order.
package struct IPAddress: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Nil for any other number of bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }
}

/// The addresses that begin with the same bits (RFC 4632, RFC 4291 §2.3).
package struct AddressBlock: Hashable, Sendable {
    private let bytes: [UInt8]
    private let prefix: Int

    private init(_ bytes: [UInt8], prefix: Int) {
        self.bytes = bytes
        self.prefix = prefix
    }

    /// A block of IPv4: `.v4(10, 0, 0, 0, prefix: 8)`.
    package static func v4(
        _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, prefix: Int
    ) -> AddressBlock {
        AddressBlock([first, second, third, fourth], prefix: min(max(prefix, 0), 32))
    }

    /// A block of IPv6 by its leading groups; those left out are 0: `.v6(0x2001, 0xdb8, prefix: 32)`.
    package static func v6(_ groups: UInt16..., prefix: Int) -> AddressBlock {
        let padded = groups.prefix(8) + [UInt16](repeating: 0, count: max(0, 8 - groups.count))
        return AddressBlock(
            padded.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, prefix: min(max(prefix, 0), 128))
    }

    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == bytes.count else { return false }
        let (whole, rest) = prefix.quotientAndRemainder(dividingBy: 8)
        guard address.bytes[..<whole] == bytes[..<whole] else { return false }
        return rest == 0 || (address.bytes[whole] ^ bytes[whole]) >> (8 - UInt8(rest)) == 0
    }
}
