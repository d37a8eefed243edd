import TestSupport
import Testing
import WebSyntax

@Suite("base64url has one spelling for each value")
struct Base64URLTests {
    @Test(
        "the examples of RFC 4648 §10 without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func examples(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test(
        "padding, the other alphabet, blanks, odd lengths and loose last bits are refused",
        arguments: ["Zg==", "Zm8=", "Z", "Zm9vY", "Zh", "Zm9", "+/+/", "Zm 9", "Zm9v\n", "Zm9v.", "Zm9\u{0}", "Zm9é"])
    func refused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("round trip of random bytes, seed 5")
    func roundTrip() {
        var generator = SeededGenerator(seed: 5)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test("what decodes encodes to the same text again, seed 6")
    func canonical() {
        var generator = SeededGenerator(seed: 6)
        let alphabet = Array("ABab01-_".utf8)
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            if let bytes = Base64URL.decode(text) { #expect(Array(Base64URL.encode(bytes).utf8) == text) }
        }
    }
}
