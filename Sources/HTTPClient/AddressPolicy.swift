/// Which addresses a client may connect to: those of the admitted blocks, without the refused ones, and exceptions.
package struct AddressPolicy: Hashable, Sendable {
    private let admitted: [AddressBlock]
    private let refused: [AddressBlock]
    private var exceptions: [AddressBlock] = []

    private init(admitted: [AddressBlock], refused: [AddressBlock]) {
        self.admitted = admitted
        self.refused = refused
    }

    package func admits(_ address: IPAddress) -> Bool {
        if exceptions.contains(where: { $0.contains(address) }) { return true }
        return admitted.contains { $0.contains(address) } && !refused.contains { $0.contains(address) }
    }

    /// The same with a further block, whatever else is said of it.
    package func admitting(_ block: AddressBlock) -> AddressPolicy {
        var policy = self
        policy.exceptions.append(block)
        return policy
    }

    /// Every address.
    package static let any = AddressPolicy(admitted: [.v4(0, 0, 0, 0, prefix: 0), .v6(prefix: 0)], refused: [])

    /// What never leaves the machine (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
    package static let loopback = AddressPolicy(
        admitted: [.v4(127, 0, 0, 0, prefix: 8), .v6(0, 0, 0, 0, 0, 0, 0, 1, prefix: 128)], refused: [])

    /// What is reached over the public internet and nothing else (IANA's registries of special-purpose addresses,
    /// RFC 6890). Of IPv6 this is global unicast; so the forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo)
    /// are out, and with them a way around the first half.
    package static let publicInternet = AddressPolicy(
        admitted: [.v4(0, 0, 0, 0, prefix: 0), .v6(0x2000, prefix: 3)],
        refused: [
            .v4(0, 0, 0, 0, prefix: 8),  // this network
            .v4(10, 0, 0, 0, prefix: 8),  // private
            .v4(100, 64, 0, 0, prefix: 10),  // carrier-grade NAT
            .v4(127, 0, 0, 0, prefix: 8),  // loopback
            .v4(169, 254, 0, 0, prefix: 16),  // link-local, and the metadata of clouds
            .v4(172, 16, 0, 0, prefix: 12),  // private
            .v4(192, 0, 0, 0, prefix: 24),  // protocol assignments
            .v4(192, 0, 2, 0, prefix: 24),  // documentation
            .v4(192, 88, 99, 0, prefix: 24),  // 6to4 relays, withdrawn
            .v4(192, 168, 0, 0, prefix: 16),  // private
            .v4(198, 18, 0, 0, prefix: 15),  // benchmarks
            .v4(198, 51, 100, 0, prefix: 24),  // documentation
            .v4(203, 0, 113, 0, prefix: 24),  // documentation
            .v4(224, 0, 0, 0, prefix: 4),  // multicast
            .v4(240, 0, 0, 0, prefix: 4),  // reserved, broadcast
            .v6(0x2001, prefix: 23),  // protocol assignments, Teredo
            .v6(0x2001, 0xDB8, prefix: 32),  // documentation
            .v6(0x2002, prefix: 16),  // 6to4
            .v6(0x3FFF, prefix: 20),  // documentation
        ])
}
