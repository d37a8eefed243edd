/// The hosts of a URL that never leave the machine, in the three spellings that clients use (RFC 8252 §7.3); no other
/// address of 127.0.0.0/8, no other case.
package enum LoopbackHost {
    package static let name = "localhost"
    package static let ipv4 = "127.0.0.1"
    /// With its brackets, as URLs have it (RFC 3986 §3.2.2).
    package static let ipv6 = "[::1]"

    package static let all = [ipv4, name, ipv6]

    /// The same for whole strings, which a large spec has ten thousand of: without generics it takes a tenth of the
    /// time.
    package static func contains(_ host: String) -> Bool {
        host.utf8.elementsEqual(ipv4.utf8) || host.utf8.elementsEqual(name.utf8) || host.utf8.elementsEqual(ipv6.utf8)
    }

    package static func contains(_ host: some StringProtocol) -> Bool {
        host.hasSameBytes(as: ipv4) || host.hasSameBytes(as: name) || host.hasSameBytes(as: ipv6)
    }
}
