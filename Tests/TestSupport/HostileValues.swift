/// Values that break out of one language or another; every encoder either carries them unchanged or refuses them.
package enum HostileValues {
    /// One value for each known trap.
    package static let fixed: [String] = [
        "", " ", "  lead", "trail  ", "\t", "a\tb", "'", "\"", "`", "''", "it's", "say \"hi\"", "'\"`", "\\", "\\\\",
        "a\\",
        "\\n", "a\\nb", "\\\\n", "\\$", "$", "$$", "$A", "${A}", "${A:-d}", "${", "$(id)", "`id`", "$HOSTVAR",
        "${HOSTVAR}", "$2y$10$abc", "#", "a#b", "a #b", "https://x/y#frag", "a;b", "a|b", "a&b", "a && b", "(a)",
        "{a,b}",
        "<a>", "a>b", "!x", "!!", "~", "~root", "*", "?", "[a]", "a\nb", "\n", "a\n", "\nA=1", "x'\nINJECTED=1\n'",
        "x\"\nINJECTED=1\n\"", "x\nINJECTED=1", "a\rb", "\r\n", "a\u{0}b", "\u{1}", "\u{7F}", "\u{0B}", "\u{0C}",
        "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}\u{202E}", "\u{FEFF}x", "é", "日本語", "👩‍👩‍👧", "e\u{301}", "=", "a=b", "==",
        "export A=b",
        "-n", "--", "-e x", "{\"k\":\"v\"}", "{\"k\":\"it's\"}", "%s%n", "%00", "C:\\path\\new", "; rm -rf x",
        "'; id; '",
        "\"; id; \"", "$'\\x41'", "a\\\nb", "# c\\", "{{ x }}", "{{> x }}", "*/", "--%>", "</script>",
        String(repeating: "x", count: 65_536), String(repeating: "'\"\\$", count: 4_000),
    ]

    /// A value of up to `length` tokens, most of them meant for trouble; pairs come as often as single characters.
    package static func random(length: Int = 12, using generator: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...length, using: &generator)).map { _ in
            tokens[Int.random(in: 0..<tokens.count, using: &generator)]
        }.joined()
    }

    private static let tokens: [String] = [
        "a", "B", "0", "é", " ", "  ", "\t", "\n", "'", "\"", "`", "$", "#", " #", "\\", "\\\\", "\\n", "\\r", "\\'",
        "\\\"", "\\$", ";", "&", "|", "<", ">", "(", ")", "{", "}", "!", "~", "^", "*", "?", "[", "]", "=", ":", ":-",
        "-", "/",
        "${A}", "${", "$(", "$A", "$$", "export ", "A=", "\nB=", "%", "@", ",", ".", "\u{A0}", "\u{85}", "\u{2028}",
        "\u{FEFF}", "\u{0B}", "\u{0C}", "\u{1}", "\u{7F}", "👍", "\r", "\r\n",
    ]
}
