/// Values that have broken generators of configuration.
enum HostileText {
    static let all: [String] = [
        "", " ", "a b", "a;b", "a{b", "a}b", "}", "{", "x; } location = /pwn { return 200", "\"", "'", "\"'", "a\"b",
        "a'b",
        "\\", "\\\\", "a\\", "\\n", "\\t", "\\\"", "\\'", "#", "# comment", "a#b", "$", "$host", "${host}", "$(id)",
        "${", "$$",
        "a$", "{{ name }}", "${{ name }}", "`id`", "%24", "&amp;", "<>", "~", "^~", "=", "@x", "*", "()", "a)b",
        "\"a\")",
        "\u{FEFF}", "\u{202E}abc", "é", "日本語", "\u{1F600}", "\u{85}", "\u{2028}", String(repeating: "a", count: 3_990),
        String(repeating: "\"", count: 1_900), String(repeating: "a", count: 65_536),
    ]

    static let withControlCharacters: [String] =
        (1..<0x20).map { "a\(Character(Unicode.Scalar(UInt8($0))))b" } + ["a\u{7F}b"]
}
