import HTTPServer
import OAuthProtocol
import RuntimeConfig
import Testing

@testable import AuthServer

/// What the application is told about a caller (group H of the security cases).
@Suite("identity for the application")
struct IdentityFieldsTests {
    private func fields(subject: String, client: String = "cid_mcp") -> HTTPHeaders? {
        let facts = AccessTokenFacts(
            issuer: Sample.issuer, subject: subject, clientID: client, audience: Sample.issuer,
            scopes: ["mcp.tools", "openid"], issued: 0, expires: 1)
        return IdentityFields(facts)?.headers
    }

    private func decoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    @Test(
        "H26 whatever stands in a name, its field is printable ASCII and leads back to it",
        arguments: [
            "alice", "a\r\nX-MCP-Scopes: admin", "nul\u{0}", "zoë", " lead", "trail ", "100%", "%0d%0a", "\u{202E}abc",
            "tab\there", "a b",
        ])
    func hostile(_ subject: String) throws {
        let headers = try #require(fields(subject: subject))
        let value = try #require(headers[VerificationContract.subject])
        #expect(value.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(value.first != " " && value.last != " ")
        #expect(decoded(value) == Array(subject.utf8))
        #expect(headers[VerificationContract.scopes] == "mcp.tools openid")
    }

    @Test("H26 an identity of more than 4 KiB is none, rather than half of one")
    func long() {
        #expect(fields(subject: String(repeating: "a", count: 4_096)) != nil)
        #expect(fields(subject: String(repeating: "a", count: 4_097)) == nil)
        #expect(fields(subject: String(repeating: "é", count: 700)) == nil)
    }
}
