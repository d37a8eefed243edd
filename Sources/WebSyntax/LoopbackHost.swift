/// The hosts of a URL that never leave the machine, in the three spellings that clients use (RFC 8252 §7.3); no other
/// address of 127.0.0.0/8, no other case.
package enum LoopbackHost {
    package static let name = "localhost"
    package static let ipv4 = "127.0.0.1"
    /// With its brackets, as URLs have it (RFC 3986 §3.2.2).
    package static let ipv6 = "[::1]"

    package static let all = [ipv4, name, ipv6]

    package static func contains(_ host: some StringProtocol) -> Bool {
        host.hasSameBytes(as: ipv4) || host.hasSameBytes(as: name) || host.hasSameBytes(as: ipv6)
    }
}
