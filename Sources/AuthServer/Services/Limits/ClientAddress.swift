import Glibc

/// Whom attempts are counted for: an IPv4 address, or the /64 of an IPv6 address, since a /64 is what one gets and each
/// of its addresses costs nothing.
struct ClientAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Reads an address as it is written in text; anything else, such as `unix`, counts as one address of its own.
    init(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four.s_addr) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else {
            bytes = Array(text.utf8)
            return
        }
        let all = withUnsafeBytes(of: six) { Array($0) }
        // An IPv4 address in IPv6's clothes (RFC 4291 §2.5.5.2) is that address.
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        bytes = all.starts(with: mapped) ? Array(all.suffix(4)) : Array(all.prefix(8))
    }
}
