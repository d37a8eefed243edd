extension EnvMatrix {
    /// In the order systemd, compose, docker-raw, node, dotenv, python-dotenv, shell.
    static let rows: [Row] = [
        Row("plain", "A=b", all: "b"),
        Row(
            "space around =", "A = b",
            "b", "b", .refused, "b", "b", "b", .refused),
        Row(
            "unquoted spaces", "A=hello world",
            "hello world", "hello world", "hello world", "hello world", "hello world", "hello world", .refused),
        Row(
            "trailing space", "A=b   ",
            "b", "b", "b   ", "b", "b", "b", "b"),
        Row(
            "inline # with space", "A=b # c",
            "b # c", "b", "b # c", "b", "b", "b", "b"),
        Row(
            "inline # no space", "A=b#c",
            "b#c", "b#c", "b#c", "b", "b", "b#c", "b#c"),
        Row(
            "url fragment", "A=https://x/y#frag",
            "https://x/y#frag", "https://x/y#frag", "https://x/y#frag", "https://x/y", "https://x/y",
            "https://x/y#frag", "https://x/y#frag"),
        Row(
            "dq inline comment", "A=\"b # c\" # d",
            "b # c# d", "b # c", "\"b # c\" # d", "b # c", "b # c", "b # c", "b # c"),
        Row(
            "sq", "A='b $HOSTVAR'",
            "b $HOSTVAR", "b $HOSTVAR", "'b $HOSTVAR'", "b $HOSTVAR", "b $HOSTVAR", "b $HOSTVAR", "b $HOSTVAR"),
        Row(
            "dq $VAR", "A=\"b $HOSTVAR\"",
            "b $HOSTVAR", "b fromhost", "\"b $HOSTVAR\"", "b $HOSTVAR", "b $HOSTVAR", "b $HOSTVAR", "b fromhost"),
        Row(
            "bare $VAR", "A=b$HOSTVAR",
            "b$HOSTVAR", "bfromhost", "b$HOSTVAR", "b$HOSTVAR", "b$HOSTVAR", "b$HOSTVAR", "bfromhost"),
        Row(
            "bare ${VAR:-d}", "A=${NOPE:-d}",
            "${NOPE:-d}", "d", "${NOPE:-d}", "${NOPE:-d}", "${NOPE:-d}", "d", "d"),
        Row(
            "dq $$", "A=\"a$$b\"",
            "a$$b", "a$b", "\"a$$b\"", "a$$b", "a$$b", "a$$b", .refused),
        Row(
            "sq $$", "A='a$$b'",
            "a$$b", "a$$b", "'a$$b'", "a$$b", "a$$b", "a$$b", "a$$b"),
        Row(
            "bare $2y$ (bcrypt)", "A=$2y$10$abc",
            "$2y$10$abc", "$2y$10", "$2y$10$abc", "$2y$10$abc", "$2y$10$abc", "$2y$10$abc", .refused),
        Row(
            "sq bcrypt", "A='$2y$10$abc'",
            "$2y$10$abc", "$2y$10$abc", "'$2y$10$abc'", "$2y$10$abc", "$2y$10$abc", "$2y$10$abc", "$2y$10$abc"),
        Row(
            "dq \\n", "A=\"a\\nb\"",
            "a\\nb", "a\nb", "\"a\\nb\"", "a\nb", "a\nb", "a\nb", "a\\nb"),
        Row(
            "sq \\n", "A='a\\nb'",
            "a\\nb", "a\\nb", "'a\\nb'", "a\\nb", "a\\nb", "a\\nb", "a\\nb"),
        Row(
            "bare \\n", "A=a\\nb",
            "anb", "a\\nb", "a\\nb", "a\\nb", "a\\nb", "a\\nb", "anb"),
        Row(
            "dq \\\"", "A=\"a\\\"b\"",
            "a\"b", "a\"b", "\"a\\\"b\"", "a\\", "a\\\"b", "a\"b", "a\"b"),
        Row(
            "sq \\'", "A='a\\'b'",
            "a\\b'", "a'b", "'a\\'b'", "a\\", "a\\'b", "a'b", .refused),
        Row(
            "dq \\\\", "A=\"a\\\\b\"",
            "a\\b", "a\\b", "\"a\\\\b\"", "a\\\\b", "a\\\\b", "a\\b", "a\\b"),
        Row(
            "bare backslash", "A=C:\\path",
            "C:path", "C:\\path", "C:\\path", "C:\\path", "C:\\path", "C:\\path", "C:path"),
        Row(
            "dq \\$", "A=\"a\\$b\"",
            "a$b", "a$b", "\"a\\$b\"", "a\\$b", "a\\$b", "a\\$b", "a$b"),
        Row(
            "backtick quote", "A=`b`",
            "`b`", "`b`", "`b`", "b", "b", "`b`", .refused),
        Row(
            "dq backtick inside", "A=\"a`b\"",
            "a`b", "a`b", "\"a`b\"", "a`b", "a`b", "a`b", .refused),
        Row(
            "export", "export A=b",
            ["export A": "b"], "b", .refused, "b", "b", "b", "b"),
        Row(
            "yaml colon", "A: b",
            [:], "b", .refused, [:], "b", [:], .refused),
        Row(
            "multi-line dq", "A=\"l1\nl2\"\nB=x",
            ["A": "l1\nl2", "B": "x"], ["A": "l1\nl2", "B": "x"], ["A": "\"l1", "B": "x"],
            ["A": "l1\nl2", "B": "x"], ["A": "l1\nl2", "B": "x"], ["A": "l1\nl2", "B": "x"],
            ["A": "l1\nl2", "B": "x"]),
        Row(
            "line continuation", "A=a\\\nb\nB=x",
            ["A": "ab", "B": "x"], ["A": "a\\", "B": "x"], ["A": "a\\", "B": "x"], ["A": "a\\", "b\nB": "x"],
            ["A": "a\\", "B": "x"], ["A": "a\\", "B": "x", "b": nil], ["A": "ab", "B": "x"]),
        Row(
            "comment ending in \\", "# c\\\nA=b\nB=x",
            ["B": "x"], ["A": "b", "B": "x"], ["A": "b", "B": "x"], ["A": "b", "B": "x"], ["A": "b", "B": "x"],
            ["A": "b", "B": "x"], ["A": "b", "B": "x"]),
        Row(
            "; comment", "; c\nA=b",
            "b", .refused, .refused, ["; c\nA": "b"], "b", "b", .refused),
        Row("empty", "A=", all: ""),
        Row(
            "no =", "A\nB=x",
            ["B": "x"], ["B": "x"], ["B": "x"], ["A\nB": "x"], ["B": "x"], ["A": nil, "B": "x"], ["B": "x"]),
        Row(
            "inherit name only", "HOSTVAR\nB=x",
            ["B": "x"], ["B": "x", "HOSTVAR": "fromhost"], ["B": "x", "HOSTVAR": "fromhost"], ["HOSTVAR\nB": "x"],
            ["B": "x"], ["B": "x", "HOSTVAR": nil], ["B": "x"]),
        Row("dup key", "A=1\nA=2", all: "2"),
        Row(
            "dash key", "A-B=1",
            ["A-B": "1"], ["A-B": "1"], ["A-B": "1"], ["A-B": "1"], ["A-B": "1"], ["A-B": "1"], .refused),
        Row(
            "dot key", "A.B=1",
            ["A.B": "1"], ["A.B": "1"], ["A.B": "1"], ["A.B": "1"], ["A.B": "1"], ["A.B": "1"], .refused),
        Row(
            "digit first", "1A=1",
            ["1A": "1"], ["1A": "1"], ["1A": "1"], ["1A": "1"], ["1A": "1"], ["1A": "1"], .refused),
        Row(
            "BOM", "\u{FEFF}A=b",
            ["\u{FEFF}A": "b"], "b", ["\u{FEFF}A": "b"], ["\u{FEFF}A": "b"], "b", "b", .refused),
        Row(
            "CRLF", "A=b\r\nB=c\r\n",
            ["A": "b", "B": "c"], ["A": "b", "B": "c"], ["A": "b", "B": "c"], ["A": "b", "B": "c"],
            ["A": "b", "B": "c"], ["A": "b", "B": "c"], ["A": "b\r", "B": "c\r"]),
        Row(
            "JSON bare", "A={\"k\":\"v\"}",
            "{\"k\":\"v\"}", "{\"k\":\"v\"}", "{\"k\":\"v\"}", "{\"k\":\"v\"}", "{\"k\":\"v\"}", "{\"k\":\"v\"}",
            "{k:v}"),
        Row(
            "JSON sq", "A='{\"k\":\"v\"}'",
            "{\"k\":\"v\"}", "{\"k\":\"v\"}", "'{\"k\":\"v\"}'", "{\"k\":\"v\"}", "{\"k\":\"v\"}",
            "{\"k\":\"v\"}", "{\"k\":\"v\"}"),
        Row("base64 ==", "A=YWI==", all: "YWI=="),
        Row("equals in value", "A=b=c", all: "b=c"),
        Row(
            "sq mid", "A=a\"b\"c",
            "a\"b\"c", "a\"b\"c", "a\"b\"c", "a\"b\"c", "a\"b\"c", "a\"b\"c", "abc"),
        Row(
            "concat", "A=\"a\"b",
            "ab", "a", "\"a\"b", "a", "\"a\"b", [:], "ab"),
        Row(
            "tab sep", "A=\tb",
            "b", "b", "\tb", "\tb", "b", "b", .refused),
        Row(
            "single quote inside dq", "A=\"it's\"",
            "it's", "it's", "\"it's\"", "it's", "it's", "it's", "it's"),
        Row(
            "bare apostrophe", "A=it's",
            "it's", "it's", "it's", "it's", "it's", "it's", .refused),
        Row(
            "bare semicolon", "A=a;b",
            "a;b", "a;b", "a;b", "a;b", "a;b", "a;b", .refused),
        Row(
            "bare &", "A=https://x/?a=1&b=2",
            "https://x/?a=1&b=2", "https://x/?a=1&b=2", "https://x/?a=1&b=2", "https://x/?a=1&b=2",
            "https://x/?a=1&b=2", "https://x/?a=1&b=2", ["b": "2"]),
        Row(
            "unterminated dq", "A=\"abc\nB=x\n",
            "abc\nB=x\n", .refused, ["A": "\"abc", "B": "x"], ["A": "\"abc", "B": "x"], ["A": "\"abc", "B": "x"],
            ["B": "x"], .refused),
        Row("leading ws", "  A=b", all: "b"),
        Row(
            "dq tab esc", "A=\"a\\tb\"",
            "a\\tb", "a\tb", "\"a\\tb\"", "a\\tb", "a\\tb", "a\tb", "a\\tb"),
        Row(
            "ref earlier", "A=1\nB=$A",
            ["A": "1", "B": "$A"], ["A": "1", "B": "1"], ["A": "1", "B": "$A"], ["A": "1", "B": "$A"],
            ["A": "1", "B": "$A"], ["A": "1", "B": "$A"], ["A": "1", "B": "1"]),
        Row(
            "cmd subst", "A=$(echo hi)",
            "$(echo hi)", "$(echo hi)", "$(echo hi)", "$(echo hi)", "$(echo hi)", "$(echo hi)", .refused),
        Row("unicode", "A=é", all: "é"),
    ]
}
