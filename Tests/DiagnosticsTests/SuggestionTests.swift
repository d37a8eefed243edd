import Testing

@testable import Diagnostics

@Suite struct SuggestionTests {
    @Test("a slip of the finger finds its word, another word finds none")
    func nearest() {
        let words = ["issuer", "connectors", "clients", "targets"]
        #expect(Suggestion.nearest(to: "isuser", in: words) == "issuer")
        #expect(Suggestion.nearest(to: "client", in: words) == "clients")
        #expect(Suggestion.nearest(to: "nginx", in: words) == nil)
        #expect(Suggestion.nearest(to: "x", in: [String]()) == nil)
        #expect(Suggestion.nearest(to: "oauth2", in: ["auth0", "oidc"]) == nil)
        #expect(Suggestion.nearest(to: "on", in: ["off"]) == nil)
    }

    @Test("the allowed words are told alike everywhere")
    func allowed() {
        #expect(Suggestion.allowed(["a", "bob", "c"], instead: "bop") == "expected one of a, bob, c; did you mean bob")
        #expect(Suggestion.allowed(["a", "bob"], instead: "zzzz") == "expected one of a, bob")
        #expect(Suggestion.allowed(["a", "bob"]) == "expected one of a, bob")
        #expect(Suggestion.allowed(["1"], instead: "2") == "expected 1")
    }
}
