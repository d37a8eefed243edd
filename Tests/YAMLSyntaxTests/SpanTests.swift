import Diagnostics
import Testing
import YAMLSyntax

@Suite("Every key and value has the span that it was written with")
struct SpanTests {
    @Test("plain, quoted and block scalars are cut from the text as they stand there")
    func scalars() {
        let sample = YAMLSample(
            """
            plain: a b  # comment
            single: 'it''s'
            double: "a\\tb"   # comment
            literal: |-
              one
              two

            # comment
            folded: > # why
              one
              two
            empty:
            spaced :   x
            """)
        #expect(sample.document.diagnostics == [])
        #expect(sample.text(at: "plain") == "a b")
        #expect(sample.text(at: "single") == "'it''s'")
        #expect(sample.text(at: "double") == "\"a\\tb\"")
        #expect(sample.text(at: "literal") == "|-\n  one\n  two")
        #expect(sample.text(at: "folded") == "> # why\n  one\n  two")
        #expect(sample.text(at: "empty") == "")
        #expect(sample.place("empty")?.node.span.start == sample.place("empty")?.keySpan.map { $0.end + 1 })
        #expect(sample.text(at: "spaced") == "x")
        #expect(sample.key(at: "spaced") == "spaced")
        #expect(sample.value(at: "single") == .string("it's"))
        #expect(sample.value(at: "literal") == .string("one\ntwo"))
    }

    @Test("a block collection ends with its last token, not with the next one")
    func blockEnds() {
        let sample = YAMLSample(
            """
            a:
              - x
              - y   # why

            # comment

            b:
            - p:
                q: r

            c: {k: [1,
              2]}
            d:
              e:
              f:

            g: 1
            """)
        #expect(sample.text(at: "a") == "- x\n  - y")
        #expect(sample.text(at: "b") == "- p:\n    q: r")
        #expect(sample.text(at: "b[0]") == "p:\n    q: r")
        #expect(sample.text(at: "c") == "{k: [1,\n  2]}")
        #expect(sample.text(at: "c.k") == "[1,\n  2]")
        #expect(sample.text(at: "d") == "e:\n  f:")
    }

    @Test("anchors and tags are no part of the value")
    func properties() {
        let sample = YAMLSample(
            """
            a: &one !!str 12
            b: &two
              k: v
            c: &three
            - x
            d: &four
              - y
            e: &five {k: v}
            f: !!seq [1]
            g: &six # why
              text
            h: &seven
            i: 1
            j: &eight |
              text
            """)
        #expect(sample.document.diagnostics == [])
        #expect(sample.text(at: "a") == "12")
        #expect(sample.text(at: "b") == "k: v")
        #expect(sample.text(at: "c") == "- x")
        #expect(sample.text(at: "d") == "- y")
        #expect(sample.text(at: "e") == "{k: v}")
        #expect(sample.text(at: "f") == "[1]")
        #expect(sample.text(at: "g") == "text")
        #expect(sample.text(at: "h") == "")
        #expect(sample.text(at: "j") == "|\n  text")
        #expect(sample.value(at: "a") == .string("12"))
    }

    @Test("spans count bytes: behind a byte order mark, behind other scripts, with CR LF and CR")
    func bytes() {
        for lineEnd in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{FEFF}"] {
                let text = ["# ümläut 日本 🎉", "käy: välue", "list: [é, 'ü']", "deep:", "  k: 🎉x", "last: end", ""]
                let sample = YAMLSample(mark + text.joined(separator: lineEnd))
                #expect(sample.document.diagnostics == [])
                #expect(sample.key(at: "käy") == "käy")
                #expect(sample.text(at: "käy") == "välue")
                #expect(sample.text(at: "list[1]") == "'ü'")
                #expect(sample.text(at: "deep") == "k: 🎉x")
                #expect(sample.text(at: "last") == "end")
                #expect(sample.root?.span.end == sample.source.bytes.count - lineEnd.utf8.count)
            }
        }
    }

    @Test("pairs within a list, explicit keys and keys alone have their places")
    func oddShapes() {
        let sample = YAMLSample(
            """
            flow: [a: b , {c, d: }, "e":f]
            ? explicit
            : value
            tabs:\tx
            """)
        #expect(sample.document.diagnostics == [])
        #expect(sample.text(at: "flow[0]") == "a: b")
        #expect(sample.text(at: "flow[1]") == "{c, d: }")
        #expect(sample.text(at: "flow[1].c") == "")
        #expect(sample.text(at: "flow[1].d") == "")
        #expect(sample.text(at: "flow[2]") == "\"e\":f")
        #expect(sample.text(at: "explicit") == "value")
        #expect(sample.text(at: "tabs") == "x")
    }
}
