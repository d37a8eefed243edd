import ConfigLanguages
import TestSupport
import Testing

@Suite("HTML")
struct HTMLEncodingTests {
    private static func text(_ value: String) -> String {
        String(decoding: HTMLLanguage.text(value).bytes, as: UTF8.self)
    }

    /// What a browser makes of the text again.
    private static func decoded(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    @Test("no value has a byte left that ends a text or a quoted attribute", arguments: HostileValues.fixed)
    func markup(_ value: String) {
        let bytes = HTMLLanguage.text(value).bytes
        #expect(!bytes.contains { "<>\"'".utf8.contains($0) || $0 < 0x20 || $0 == 0x7F })
    }

    @Test("what can be shown comes back as it was", arguments: 0..<30)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let value = HostileValues.random(using: &generator)
            guard let exact = try? HTMLLanguage.value(value) else { continue }
            #expect(Self.decoded(String(decoding: exact.bytes, as: UTF8.self)).utf8.elementsEqual(value.utf8))
        }
    }

    @Test("what would turn, hide or break a text is shown as a mark, a line end as a space")
    func unfit() {
        for scalar in [
            0, 1, 0x7F, 0x85, 0xAD, 0x61C, 0x200B, 0x200F, 0x2028, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xE0041, 0xFFFF,
        ] {
            let value = "a\(Unicode.Scalar(UInt32(scalar)).map(String.init) ?? "")b"
            #expect(Self.text(value) == "a\u{FFFD}b", "U+\(String(scalar, radix: 16))")
            #expect(throws: Unrepresentable.self) { try HTMLLanguage.value(value) }
        }
        #expect(Self.text("a\nb\tc\r\n") == "a b c  ")
        #expect(Self.text("日本 é 👩‍👩‍👧 שלום {{ x }} ${7*7}") == "日本 é 👩‍👩‍👧 שלום {{ x }} ${7*7}")
        #expect(throws: Unrepresentable.self) { try HTMLLanguage.value("a\nb") }
    }

    @Test("an address is a path of this site, or has a scheme that goes somewhere")
    func addresses() throws {
        for good in ["/mcp/login", "/", "https://a.example/?a=1&b=2'", "http://127.0.0.1:9/cb", "com.example:/cb"] {
            #expect(try Self.decoded(String(decoding: HTMLLanguage.url(good).bytes, as: UTF8.self)) == good)
        }
        for bad in [
            "", "x", "//a.example", "/\\a.example", "javascript:x", "JAVASCRIPT:x", " javascript:x", "java\tscript:x",
            "data:x",
            "vbscript:x", "file:///etc", "blob:x", ":x", "1a:x", "https://a.example/é", "https://a.example/\n",
            "https:/\"",
        ] {
            #expect(throws: Unrepresentable.self, "\(bad)") { try HTMLLanguage.url(bad) }
        }
    }

    @Test("nodes print their attributes in quotes and their texts escaped")
    func nodes() throws {
        let fragment: Fragment<HTMLLanguage> = .lines([
            .element(.p, [.text(.class, "a\"b")], [.text("<x>"), .element(.code, [], [.text("&")])]),
            try .hiddenInput("csrf", "a+b/c=="), try .refresh(to: "https://a.example/?x=1&y=2"),
        ])
        #expect(
            String(decoding: fragment.bytes, as: UTF8.self) == """
                <p class="a&quot;b">&lt;x&gt;<code>&amp;</code></p>
                <input type="hidden" name="csrf" value="a+b/c==">
                <meta http-equiv="refresh" content="0;url=https://a.example/?x=1&amp;y=2">
                """)
    }
}
