import Testing

@testable import WebSyntax

@Suite("URLs that are cut without being parsed again")
struct URLTextTests {
    @Test(
        "the authority begins behind the first ://, and ends with the first slash behind it",
        arguments: [
            ("https://h.example/a://b", "https://h.example", "h.example/a://b"),
            ("http://[::1]:8080/cb", "http://[::1]:8080", "[::1]:8080/cb"),
            ("http://127.0.0.1:7777", "http://127.0.0.1:7777", "127.0.0.1:7777"),
            ("a:b://c/d", "a:b://c", "c/d"), ("x://", "x://", ""),
        ])
    func parts(_ text: String, _ origin: String, _ rest: String) {
        #expect(text.schemeAndAuthority.map(String.init) == origin)
        #expect(text.authorityStart.map { String(text[$0...]) } == rest)
    }

    @Test("a text without :// has neither", arguments: ["", ":", "a:/b", "mailto:x", "a//b", "a:", "http:/"])
    func none(_ text: String) {
        #expect(text.schemeAndAuthority == nil && text.authorityStart == nil)
    }
}
