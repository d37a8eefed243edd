import OAuthProtocol
import TestSupport
import Testing

@Suite("Authorization responses")
struct AuthorizationResponseTests {
    private let issuer = "https://mcp.example.com/mcp"

    @Test(
        "B23 state comes back byte for byte",
        arguments: ["x", "+&%25=#", "{\"a\":[1, 2]}", "häß 🙂\u{301}", String(repeating: "s", count: 2_048), "a\r\nb"])
    func state(state: String) {
        let target = RedirectTarget(redirectURI: Flow.callback, state: state)
        let location = AuthorizationResponse.location(code: "c0de", to: target, issuer: issuer)
        let found = Flow.query(of: location).filter { $0.0 == "state" }.map(\.1)
        #expect(found.map { Array($0.utf8) } == [Array(state.utf8)])
        #expect(location.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }

    @Test("B25 a success has one code, one state, one iss and no error")
    func success() {
        let target = RedirectTarget(redirectURI: Flow.callback, state: "xyz")
        let location = AuthorizationResponse.location(code: "c0de", to: target, issuer: issuer)
        #expect(
            location
                == "https://app.example.com/cb?code=c0de&state=xyz&iss=https%3A%2F%2Fmcp.example.com%2Fmcp")
    }

    @Test("B26 an error has one iss and no code; a state that was not sent is not there")
    func error() throws {
        let refusal = try #require(Flow.refusal(Flow.list(("response_type", "token"), ("state", nil))))
        let location = try #require(refusal.location(issuer: issuer))
        let names = Flow.query(of: location).map(\.0)
        #expect(names == ["error", "error_description", "iss"])
        #expect(Flow.query(of: location)[2].1 == issuer)
        #expect(!location.contains("#"))
    }

    @Test("B27 what the registered query has of our names is replaced")
    func registeredQuery() {
        let target = RedirectTarget(
            redirectURI: "https://app.example.com/cb?iss=evil&a=1&co%64e=x&code=y&&b&state=z&error=e", state: "s")
        let location = AuthorizationResponse.location(code: "c0de", to: target, issuer: issuer)
        #expect(Flow.query(of: location).map(\.0) == ["a", "b", "code", "state", "iss"])
        #expect(Flow.query(of: location).first { $0.0 == "code" }?.1 == "c0de")
    }

    @Test("B38 the redirect is 303")
    func status() { #expect(AuthorizationResponse.status == 303) }
}
