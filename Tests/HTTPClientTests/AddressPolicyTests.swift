import Glibc
import HTTPClient
import TestSupport
import Testing

@Suite("addresses are judged by their bits")
struct AddressPolicyTests {
    private func address(_ text: String) throws -> IPAddress {
        var bytes = [UInt8](repeating: 0, count: 16)
        let isIPv6 = text.contains(":")
        try #require(inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes) == 1)
        return try #require(IPAddress(isIPv6 ? bytes : Array(bytes.prefix(4))))
    }

    @Test(
        "G04 the first and the last address of each block that is not public are refused",
        arguments: [
            ("0.0.0.0", "0.255.255.255"), ("10.0.0.0", "10.255.255.255"), ("100.64.0.0", "100.127.255.255"),
            ("127.0.0.0", "127.255.255.255"), ("169.254.0.0", "169.254.255.255"), ("172.16.0.0", "172.31.255.255"),
            ("192.0.0.0", "192.0.0.255"), ("192.0.2.0", "192.0.2.255"), ("192.88.99.0", "192.88.99.255"),
            ("192.168.0.0", "192.168.255.255"), ("198.18.0.0", "198.19.255.255"), ("198.51.100.0", "198.51.100.255"),
            ("203.0.113.0", "203.0.113.255"), ("224.0.0.0", "239.255.255.255"), ("240.0.0.0", "255.255.255.255"),
            ("::", "::1"), ("::ffff:0:0", "::ffff:255.255.255.255"), ("::ffff:10.0.0.1", "::ffff:8.8.8.8"),
            ("64:ff9b::", "64:ff9b::255.255.255.255"), ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
            ("100::", "100::ffff:ffff:ffff:ffff"), ("1fff:ffff::", "::127.0.0.1"), ("2001::", "2001:1ff:ffff::"),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("4000::", "5f00::"), ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), ("fe80::", "febf:ffff::"),
            ("fec0::", "feff::"), ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ])
    func refused(first: String, last: String) throws {
        #expect(try !AddressPolicy.publicInternet.admits(address(first)), "\(first)")
        #expect(try !AddressPolicy.publicInternet.admits(address(last)), "\(last)")
    }

    @Test(
        "their neighbours are public",
        arguments: [
            "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
            "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0",
            "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255",
            "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "2000::", "2001:200::",
            "2001:db7:ffff::", "2001:db9::", "2001:ffff::", "2003::", "3ffe:ffff::", "3fff:1000::", "3fff:ffff::",
        ])
    func admitted(text: String) throws {
        #expect(try AddressPolicy.publicInternet.admits(address(text)))
    }

    @Test("an exception admits its block and nothing beside it")
    func exceptions() throws {
        let policy = AddressPolicy.publicInternet.admitting(.v4(127, 0, 0, 1, prefix: 32))
        #expect(try policy.admits(address("127.0.0.1")))
        #expect(try !policy.admits(address("127.0.0.2")))
        #expect(try !policy.admits(address("::1")))
        #expect(try !policy.admits(address("::ffff:127.0.0.1")))
        #expect(try policy.admits(address("8.8.8.8")))
        #expect(try AddressPolicy.any.admits(address("::1")))
        #expect(try AddressPolicy.any.admits(address("10.1.2.3")))
    }

    @Test("a block holds the addresses with its leading bits, seed 41")
    func blocks() throws {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<2_000 {
            let block = (0..<4).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let prefix = Int.random(in: 0...32, using: &generator)
            // Half of them share the block's bits, and then most of the rest differ.
            let other = (0..<4).map { index in
                Bool.random(using: &generator) ? block[index] : UInt8.random(in: 0...255, using: &generator)
            }
            func number(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            let expected = (number(block) ^ number(other)) >> UInt64(32 - prefix) == 0
            let found = AddressBlock.v4(block[0], block[1], block[2], block[3], prefix: prefix)
                .contains(try #require(IPAddress(other)))
            #expect(found == expected, "\(other) in \(block)/\(prefix)")
        }
    }

    @Test("only 4 and 16 bytes are an address")
    func lengths() {
        for count in 0...20 {
            #expect((IPAddress([UInt8](repeating: 8, count: count)) != nil) == (count == 4 || count == 16))
        }
    }
}
