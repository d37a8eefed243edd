import Testing

@testable import Diagnostics

/// The report for people, byte by byte.
@Suite struct HumanGoldenTests {
    private func human(_ report: Report, _ style: TerminalStyle = .plain) -> String {
        String(decoding: report.render(.human, style: style), as: UTF8.self)
    }

    @Test("a finding shows the source, the place it conflicts with in another file, the trace and the help")
    func twoFiles() {
        #expect(
            human(Samples.clientID) == """
                error[CG301]: client_id is empty
                  --> connector.yaml:12:16
                   |
                12 |     client_id: env:TOKEN_AI_OIDC_CLIENT_ID
                   |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ resolves to an empty value
                   |
                  ::: .env:14:1
                   |
                14 | TOKEN_AI_OIDC_CLIENT_ID=
                   | ------------------------ set here
                   = trace: client_id <- env TOKEN_AI_OIDC_CLIENT_ID <- .env:14
                   = help: set the value, or use `status: legacy-ignored` for an unused id
                   = explain: connectorgen explain CG301
                1 error, 0 warnings, 0 suppressed

                """)
    }

    @Test("several labels in one file stand in one excerpt, with gaps marked")
    func oneExcerpt() {
        let text = "a: 1\nb: 2\nc: 3\nd: 4\na: 5\nf: 6\n"
        let report = Samples.report(text) { file in
            Diagnostic(
                Samples.code, "a is given twice", at: Label(Span(file, 20, 21), "again here"),
                secondary: [Label(Span(file, 0, 1), "first here"), Label(Span(file, 10, 11))])
        }
        #expect(
            human(report).hasPrefix(
                """
                error[CG101]: a is given twice
                 --> spec.yaml:5:1
                  |
                1 | a: 1
                  | - first here
                2 | b: 2
                3 | c: 3
                  | -
                4 | d: 4
                5 | a: 5
                  | ^ again here
                  = explain
                """))
        let apart = Samples.report(text) { file in
            Diagnostic(
                Samples.code, "a is given twice", at: Label(Span(file, 20, 21), "again here"),
                secondary: [Label(Span(file, 0, 1), "first here")])
        }
        #expect(human(apart).contains("  | - first here\n...\n5 | a: 5\n"))
    }

    @Test("tabs are four columns, wide characters two, combining ones none, and carets stand below what is meant")
    func widths() {
        let report = Samples.report("\tä: 漢字 e\u{301}x # ok\n") { file in
            Diagnostic(
                Samples.code, "odd", at: Label(Span(file, 15, 16), "x"),
                secondary: [Label(Span(file, 5, 11), "wide"), Label(Span(file, 1, 3), "ae")])
        }
        #expect(
            human(report).contains(
                """
                1 |     ä: 漢字 e\u{301}x # ok
                  |              ^ x
                  |        ---- wide
                  |     - ae

                """))
    }

    @Test("an empty span at the end of the file has one caret, also behind the last line end")
    func endOfFile() {
        let behind = Samples.report("a: 1\n") { Diagnostic(Samples.code, "gone", at: Label(Span($0, 5, 5), "here")) }
        #expect(human(behind).contains(" --> spec.yaml:2:1\n  |\n2 |\n  | ^ here\n"))
        let within = Samples.report("a: 1") { Diagnostic(Samples.code, "gone", at: Label(Span($0, 4, 4), "here")) }
        #expect(human(within).contains(" --> spec.yaml:1:5\n  |\n1 | a: 1\n  |     ^ here\n"))
        let empty = Samples.report("") { Diagnostic(Samples.code, "gone", at: Label(Span($0, 0, 0), "here")) }
        #expect(human(empty).contains(" --> spec.yaml:1:1\n  |\n1 |\n  | ^ here\n"))
        let beyond = Samples.report("a") { Diagnostic(Samples.code, "gone", at: Label(Span($0, 90, 99), "here")) }
        #expect(human(beyond).contains("1 | a\n  |  ^ here\n"))
    }

    @Test("a span over several lines underlines its first and its last")
    func severalLines() {
        let two = Samples.report("a: [1,\n    2]\n") {
            Diagnostic(Samples.code, "bad list", at: Label(Span($0, 3, 13), "this list"))
        }
        #expect(
            human(two).contains(
                """
                1 | a: [1,
                  |    ^^^
                2 |     2]
                  |     ^^ this list

                """))
        let whole = Samples.report("a:\n  b: 1\n  c: 2\n  d: 3\ne: 4\n") {
            Diagnostic(Samples.code, "bad map", at: Label(Span($0, 5, 24), "this map"))
        }
        #expect(
            human(whole).contains(
                """
                2 |   b: 1
                  |   ^^^^
                3 |   c: 2
                4 |   d: 3
                  |   ^^^^ this map

                """))
    }

    @Test("a long line is cut around the span and again around a far label")
    func longLine() {
        let line = "key: " + String(repeating: "a", count: 60) + "HERE" + String(repeating: "b", count: 200) + "FAR"
        let report = Samples.report(line) { file in
            Diagnostic(
                Samples.code, "long", at: Label(Span(file, 65, 69), "this"),
                secondary: [Label(Span(file, 269, 272), "that")])
        }
        let text = human(report, TerminalStyle(width: 60))
        #expect(
            text.contains(
                """
                1 | ...aaaaaaaaaaaaaaaaaaHEREbbbbbbbbbbbbbbbbbbbbbbbbbbbb...
                  |                      ^^^^ this
                1 | ...bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbFAR
                  |                                                      ---
                  |                                                     that

                """), "\(text)")
        for line in text.split(separator: "\n").prefix(while: { !$0.contains("explain") }) { #expect(line.count <= 60) }
    }

    @Test("a span longer than the terminal is underlined as far as it is seen")
    func longSpan() {
        let report = Samples.report("k: " + String(repeating: "v", count: 500)) {
            Diagnostic(Samples.code, "long", at: Label(Span($0, 3, 503), "all of it"))
        }
        let text = human(report, TerminalStyle(width: 40))
        for line in text.split(separator: "\n").prefix(while: { !$0.contains("explain") }) { #expect(line.count <= 40) }
        #expect(text.contains("1 | k: vvv"))
        #expect(text.contains("  |    ^^^"))
    }

    @Test("a file of megabytes in one line costs no more than what is shown", .timeLimit(.minutes(1)))
    func hugeLine() {
        let report = Samples.report(Array(repeating: UInt8(ascii: "a"), count: 1 << 20)) { file in
            Diagnostic(
                Samples.code, "long", at: Label(Span(file, 1 << 19, 1 << 19 + 3), "this"),
                secondary: [Label(Span(file, 0, 2), "start"), Label(Span(file, 1 << 20, 1 << 20), "end")])
        }
        let lines = human(report).split(separator: "\n")
        #expect(lines.count == 12)
        #expect(lines[3].hasPrefix("1 | ...aaa") && lines[3].hasSuffix("aaa..."))
        #expect(lines[4].hasSuffix("   ^^^ this"))
        #expect(lines[5].hasPrefix("1 | aaa") && lines[6] == "  | -- start")
        #expect(lines[7].hasPrefix("1 | ...aaa") && lines[7].hasSuffix("aaa"))
        #expect(lines[8].hasSuffix("   -") && lines[9].hasSuffix("   end"))
    }

    @Test("control characters, bidi controls and broken UTF-8 in the source are shown and not obeyed")
    func hostile() {
        let bytes = Array("a: \u{1B}[2J\u{202E}x\u{7}".utf8) + [0xFF, 0x62]
        let report = Samples.report(bytes) { file in
            Diagnostic(
                Samples.code, "message with \u{1B}]0;x\u{7} and \u{2066}", at: Label(Span(file, 14, 15), "b\u{85}"))
        }
        let text = human(report)
        #expect(text.contains("1 | a: \\u{1b}[2J\\u{202e}x\\u{7}\\xffb\n"))
        #expect(text.contains("error[CG101]: message with \\u{1b}]0;x\\u{7} and \\u{2066}\n"))
        #expect(text.contains("b\\u{85}\n"))
        #expect(!text.unicodeScalars.contains { DisplayText.steersTerminal($0) && $0 != "\n" })
    }

    @Test("without Unicode all is ASCII and carets still stand right")
    func ascii() {
        let report = Samples.report("ä: x") { Diagnostic(Samples.code, "ö", at: Label(Span($0, 4, 5), "é")) }
        let text = human(report, TerminalStyle(showsUnicode: false))
        #expect(text.contains("error[CG101]: \\u{f6}\n"))
        #expect(text.contains("1 | \\u{e4}: x\n  |         ^ \\u{e9}\n"), "\(text)")
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("colour surrounds words and leaves the text as it is")
    func color() {
        let text = human(Samples.clientID, TerminalStyle(isColored: true))
        #expect(text.hasPrefix("\u{1B}[1;31merror[CG301]\u{1B}[0m: \u{1B}[1mclient_id is empty\u{1B}[0m\n"))
        var plain = text
        for code in ["1;31", "1;34", "1", "0"] { plain = plain.split(separator: "\u{1B}[\(code)m").joined() }
        #expect(plain == human(Samples.clientID))
    }

    @Test("fixes are shown with what they would change and how far to trust them")
    func fixes() {
        let report = Samples.report("a: yes\n") { file in
            Diagnostic(
                Samples.code, .warning, "yes is a string", at: Label(Span(file, 3, 6)), notes: ["a note"],
                fixes: [
                    FixIt("write a boolean", .maybeIncorrect, edits: [TextEdit(Span(file, 3, 6), "true")]),
                    FixIt(
                        "quote it", .machineApplicable,
                        edits: [TextEdit(Span(file, 3, 3), "\""), TextEdit(Span(file, 6, 7), "")]),
                ])
        }
        #expect(
            human(report) == """
                warning[CG101]: yes is a string
                 --> spec.yaml:1:4
                  |
                1 | a: yes
                  |    ^^^
                  = note: a note
                  = fix: write a boolean (check the result)
                      spec.yaml:1:4: replace `yes` by `true`
                  = fix: quote it
                      spec.yaml:1:4: insert `"`
                      spec.yaml:1:7: remove `\\n`
                  = explain: connectorgen explain CG101
                0 errors, 1 warning, 0 suppressed

                """)
    }

    @Test("known secrets are masked in excerpts and in fixes")
    func secrets() {
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "spec.yaml", text: "secret: hunter2 # bad\n"))
        let span = Span(file, 8, 15)
        let finding = Diagnostic(
            Samples.code, "a literal secret", at: Label(span, "this"),
            fixes: [FixIt("refer to it", .hasPlaceholders, edits: [TextEdit(span, "{ env: NAME }")])])
        let report = Report(diagnostics: [finding], sources: sources, exitCode: 2, secrets: [span])
        #expect(human(report).contains("1 | secret: [secret] # bad\n  |         ^^^^^^^^ this\n"))
        for format in OutputFormat.allCases {
            #expect(!String(decoding: report.render(format), as: UTF8.self).contains("hunter2"))
        }
    }

    @Test("a finding without a place has no excerpt; no finding says nothing")
    func placeless() {
        let finding = Diagnostic(Samples.code, .note, "no spec", at: nil, help: "write one")
        #expect(
            human(Report(diagnostics: [finding], sources: SourceMap(), exitCode: 0)) == """
                note[CG101]: no spec
                  = help: write one
                  = explain: connectorgen explain CG101
                0 errors, 0 warnings, 1 note, 0 suppressed

                """)
        #expect(human(Report(diagnostics: [], sources: SourceMap(), exitCode: 0)).isEmpty)
    }

    @Test("short form is one line for each finding, in total order, without duplicates")
    func short() {
        let report = Samples.clientID
        #expect(
            String(decoding: report.render(.short), as: UTF8.self)
                == "connector.yaml:12:16: error[CG301]: client_id is empty; set the value, or use "
                + "`status: legacy-ignored` for an unused id [client-id-null]\n")
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "a", text: "x\ny\n"))
        let late = Diagnostic(Samples.code, "late\nline", at: Label(Span(file, 2, 3)))
        let early = Diagnostic(Samples.code, .warning, "early", at: Label(Span(file, 0, 1)))
        let both = Report(diagnostics: [late, early, late], sources: sources, exitCode: 1)
        #expect(
            String(decoding: both.render(.short), as: UTF8.self)
                == "a:1:1: warning[CG101]: early [unknown-key]\na:2:1: error[CG101]: late\\u{a}line [unknown-key]\n")
    }
}
