import Diagnostics
import Testing
import YAMLSyntax

@Suite("What YAML leaves open, or makes dangerous, is refused at its place")
struct RefusalTests {
    @Test(
        "one finding each, at the byte that is wrong",
        arguments: [
            // Encoding.
            ("a: \u{0}", "yaml-control-character@1:4 \u{0}"),
            ("a: \u{1B}[31m", "yaml-control-character@1:4 \u{1B}"),
            ("é: \u{7F}", "yaml-control-character@1:4 \u{7F}"),
            ("a: x\u{FEFF}y", "yaml-control-character@1:5 \u{FEFF}"),
            ("a: \u{FFFE}", "yaml-control-character@1:4 \u{FFFE}"),
            ("a: \"x\u{85}y\"", "yaml-control-character@1:6 \u{85}"),
            ("a: \"x\u{2028}y\"", "yaml-control-character@1:6 \u{2028}"),
            ("# \u{2029}\na: 1", "yaml-control-character@1:3 \u{2029}"),
            // Structure.
            ("", "yaml-empty@1:1 "),
            ("\u{FEFF}", "yaml-empty@1:1 "),
            ("# only\n\n# comments\n", "yaml-empty@1:1 "),
            ("a: 1\n---\nb: 2\n", "yaml-several-documents@2:1 ---"),
            ("--- a\n...\n--- b\n", "yaml-several-documents@3:1 ---"),
            ("a:\n\tb: 1\n", "yaml-tab@2:1 \t"),
            ("a: 1\n\t\tb: 1\n", "yaml-tab@2:1 \t\t"),
            ("a: [1, 2\nb: 3\n", "yaml-not-closed@2:2 :"),
            ("a: {b: 1\n", "yaml-not-closed@2:1 "),
            ("a: \"b\nc: d\n", "yaml-not-closed@1:4 \""),
            ("a: 'b", "yaml-not-closed@1:4 '"),
            ("a: 1\n b: 2\n", "yaml-indentation@2:2 b"),
            ("a:\n  b: 1\n \u{A0}c: 2\n", "yaml-indentation@3:2 \u{A0}"),
            ("a:\u{A0}1\nb: 2\n", "yaml-indentation@1:3 \u{A0}"),
            ("a: [*.example.org]", "yaml-syntax@1:5 *.example.org"),
            ("a:\n  - b\n c: 1\n", "yaml-indentation@3:2 c"),
            ("a: 1\nb\nc: 2\n", "yaml-syntax@2:1 b"),
            ("a: b: c", "yaml-syntax@1:5 :"),
            ("a: @x", "yaml-syntax@1:4 @"),
            ("a: \"\\q\"", "yaml-syntax@1:5 \\"),
            ("a: ]", "yaml-syntax@1:4 ]"),
            // Keys.
            ("a: 1\nb: 2\n\"a\": 3\n", "yaml-duplicate-key@3:1 \"a\""),
            ("o:\n  - k: {x: 1, x: 2}\n", "yaml-duplicate-key@2:15 x"),
            ("[a]: 1", "yaml-key-not-text@1:1 ["),
            ("? {a: b}\n: 1", "yaml-key-not-text@1:3 {"),
            (": 1", "yaml-key-missing@1:1 :"),
            ("{? : 1}", "yaml-key-missing@1:4 "),
            // Tags.
            ("a: !secret x", "yaml-unknown-tag@1:4 !secret"),
            ("a: &x !!binary aGk=", "yaml-unknown-tag@1:7 !!binary"),
            ("a: !!set {b}", "yaml-unknown-tag@1:4 !!set"),
            ("a: !!int x", "yaml-tag-mismatch@1:4 !!int x"),
            ("a: !e!x y", "yaml-unknown-tag@1:4 !"),
            // Aliases.
            ("a: *b", "yaml-undefined-alias@1:4 *b"),
            ("a: *b\nc: &b 1", "yaml-undefined-alias@1:4 *b"),
            ("a: &b [1, *b]", "yaml-recursive-alias@1:11 *b"),
            ("a: &b\n  c: *b", "yaml-recursive-alias@2:6 *b"),
            ("a: &m [1]\nb: {<<: *m}", "yaml-merge-not-mapping@1:8 1"),
            ("b: {<<: text}", "yaml-merge-not-mapping@1:9 text"),
            ("a: &m {}\nb: {<<: *m, <<: *m}", "yaml-duplicate-key@2:13 <<"),
        ])
    func findings(text: String, expected: String) {
        let sample = YAMLSample(text)
        #expect(sample.findings == [expected])
        #expect(sample.document.diagnostics.hasErrors)
    }

    @Test("bytes that are not UTF-8 are refused at the first of them")
    func encodings() {
        let cases: [([UInt8], Int)] = [
            ([0x61, 0x3A, 0x20, 0xFF], 3), ([0xC3], 0), ([0x61, 0xC0, 0xAF], 1), ([0xED, 0xA0, 0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0), ([0xE2, 0x82], 0), ([0x80], 0), ([0xFF, 0xFE, 0x61, 0], 0),
            ([0xFE, 0xFF, 0, 0x61], 0), ([0x61, 0, 0x3A, 0], 0), ([0, 0x61, 0, 0x3A], 0), ([0xFF, 0xFE, 0, 0], 0),
        ]
        for (bytes, place) in cases {
            let sample = YAMLSample(bytes: bytes)
            #expect(sample.codes == ["yaml-not-utf8"], "\(bytes)")
            #expect(sample.document.diagnostics.first?.primary?.span.start == place)
            #expect(sample.root == nil)
        }
    }

    @Test("a duplicate key names both lines and the whole path")
    func duplicateKey() {
        let diagnostic = YAMLSample("c:\n  m:\n    id: 1\n    x: 2\n    id: 3\n").document.diagnostics.first
        #expect(diagnostic?.message == "`c.m.id` is written twice, in line 3 and in line 5")
        #expect(diagnostic?.secondary.first?.text == "first written here")
    }

    @Test("duplicates are found among thousands of keys, and the first one stays")
    func manyKeys() {
        let lines = (0..<5000).map { "k\($0): \($0)" } + ["k17: again", "k4999: again"]
        let sample = YAMLSample(lines.joined(separator: "\n"))
        #expect(sample.codes == ["yaml-duplicate-key", "yaml-duplicate-key"])
        #expect(sample.root?.entries?.count == 5000)
        #expect(sample.value(at: "k17") == .int(17))
    }

    @Test("all findings of a file come in one run")
    func allFindings() {
        let sample = YAMLSample("a: *x\nb: !t 1\na: yes\nc: {d: 1, d: 2}\n[q]: 1\nlast: 007\n")
        #expect(
            sample.codes == [
                "yaml-undefined-alias", "yaml-unknown-tag", "yaml-duplicate-key", "yaml-truth-look-alike",
                "yaml-duplicate-key", "yaml-key-not-text", "yaml-octal-look-alike",
            ])
        #expect(sample.value(at: "c.d") == .int(1))
    }

    @Test("an unclosed bracket and a wrong indentation say where they began")
    func secondaryPlaces() {
        let bracket = YAMLSample("a: [1,\n  2\nb: 3\n")
        let label = bracket.document.diagnostics.first?.secondary.first
        #expect(label?.text == "opened here")
        #expect(bracket.cut(label?.span) == "[")
        #expect(bracket.document.diagnostics.first?.message == "expected `,` or `]` in the list, found `:`")
    }

    @Test("an alias with a typing mistake gets a suggestion that can be applied")
    func aliasSuggestion() {
        let sample = YAMLSample("a: &defaults {}\nb: *defualts\n")
        let diagnostic = sample.document.diagnostics.first
        #expect(diagnostic?.help == "did you mean `*defaults`?")
        #expect(diagnostic?.fixes.first?.edits.first?.replacement == "*defaults")
    }

    @Test("line separators are possible as escapes")
    func lineSeparators() {
        let sample = YAMLSample("a: \"x\\Ly\\Pz\\N\"\n")
        #expect(sample.codes == [] && sample.value(at: "a") == .string("x\u{2028}y\u{2029}z\u{85}"))
    }

    @Test("a key that is indented wrongly is told its column and the right one")
    func columns() {
        let deeper = YAMLSample("a:\n  b: 1\n   c: 2\n").document.diagnostics.first
        #expect(deeper?.message == "`c` begins in column 4, deeper than the line above, which has a value already")
        #expect(deeper?.fixes.first?.title == "begin in column 3")
        let shallower = YAMLSample("a:\n  - b\n c: 1\n").document.diagnostics.first
        #expect(
            shallower?.message
                == "expected a key of the mapping, found `c` in column 2; its entries begin in column 1")
    }

    @Test("a tab is replaced by as many spaces as the line needs")
    func tabs() {
        for (text, expected) in [("a:\n\tb: 1\n", "  "), ("a: 1\n\t\tb: 1\n", ""), ("a:\n  b: 1\n\tc: 2\n", "  ")] {
            let edit = YAMLSample(text).document.diagnostics.first?.fixes.first?.edits.first
            #expect(edit?.replacement == expected, "\(text)")
        }
    }

    @Test("findings of one file are bounded, and an error is never lost among warnings")
    func manyFindings() {
        let text = String(repeating: "- yes\n", count: 5000) + "- *x\n"
        let sample = YAMLSample(text)
        #expect(sample.document.diagnostics.count == YAMLLimits.standard.findings + 1)
        #expect(sample.document.diagnostics.hasErrors)
    }
}
