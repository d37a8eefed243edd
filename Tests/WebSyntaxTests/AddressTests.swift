import Testing

@testable import WebSyntax

@Suite("addresses in numbers, and ranges of them")
struct AddressTests {
    private func range(_ text: String) throws -> AddressRange { try AddressRange(parsing: text) }
    private func bytes(_ text: String) throws -> [UInt8] { try #require(NumericAddress.bytes(text), "\(text)") }

    @Test(
        "a range holds the addresses that begin alike, and no other",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("172.16.0.0/12", "172.31.255.255", true), ("172.16.0.0/12", "172.32.0.0", false),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("0.0.0.0/0", "203.0.113.9", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("2001:db8:8000::/33", "2001:db8:7fff::", false), ("::1", "::1", true), ("::/0", "::1", true),
            ("10.0.0.0/8", "::ffff:a00:1", true), ("10.0.0.0/8", "2001:db8::1", false), ("::/0", "10.0.0.1", false),
        ])
    func contains(range: String, address: String, isInside: Bool) throws {
        #expect(try self.range(range).contains(bytes(address)) == isInside)
    }

    @Test(
        "what is no range is refused, with the range that was meant where there is one",
        arguments: [
            ("10.0.0.5/8", "10.0.0.0/8"), ("2001:db8::1/32", "2001:db8::/32"), ("[fd00::]/8", nil),
            ("[fd00::1]", "fd00::1"), ("10.0.0.0/33", nil), ("10.0.0.0/08", nil), ("10.0.0.0/", nil), ("10/8", nil),
            ("nginx", nil), ("", nil), ("::/129", nil), ("1:2:3:4:5:6:7:8::", nil), (":::/0", nil), ("*", nil),
        ])
    func refused(text: String, suggestion: String?) {
        do throws(InvalidValue) {
            _ = try AddressRange(parsing: text)
            Issue.record("\(text) is taken")
        } catch {
            if suggestion != nil { #expect(error.suggestion == suggestion) }
        }
    }

    @Test("a listener has an address or a name, and what others can reach is told")
    func listeners() throws {
        #expect(try ListenAddress(parsing: "auth:8719").isName)
        #expect(try !ListenAddress(parsing: "auth:8719").isLocal)
        #expect(try ListenAddress(parsing: "0.0.0.0:8719").isUnspecified)
        #expect(try ListenAddress(parsing: "[::]:8719").isUnspecified)
        #expect(try !ListenAddress(parsing: "127.0.0.1:8719").isUnspecified)
        #expect(throws: InvalidValue.self) { try ListenAddress(parsing: "256.0.0.1:80") }
        #expect(throws: InvalidValue.self) { try ListenAddress(parsing: "auth") }
    }

    @Test("an upstream on a socket may have a path behind a second colon")
    func socketPaths() throws {
        let upstream = try UpstreamURL(parsing: "unix:/run/mcp.sock:/api/mcp")
        #expect(upstream.address == .unix(path: "/run/mcp.sock") && upstream.path == "/api/mcp")
        #expect(try UpstreamURL(parsing: "unix:/run/mcp.sock").path == nil)
        for text in ["unix:/run/mcp.sock:", "unix:/run/mcp.sock:api", "unix:/run/mcp.sock:/a?b", "unix::/x"] {
            #expect(throws: InvalidValue.self, "\(text)") { try UpstreamURL(parsing: text) }
        }
    }

    @Test("a name server has an address, never a name", arguments: ["127.0.0.11", "127.0.0.1:5353", "[::1]:53"])
    func nameServers(_ text: String) throws {
        #expect(try ResolverAddress(parsing: text).text == text)
        #expect(throws: InvalidValue.self) { try ResolverAddress(parsing: "dns.example.com") }
        #expect(throws: InvalidValue.self) { try ResolverAddress(parsing: "fd00::1") }
    }
}
