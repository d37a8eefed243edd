import JSONSyntax
import TestSupport
import Testing

@testable import Diagnostics

/// Findings anywhere in any bytes can be written in every form.
@Suite struct RenderingPropertyTests {
    @Test("no source, span or width breaks a form", arguments: [11, 12, 13] as [UInt64])
    func anything(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let report = arbitraryReport(&generator)
            let width = Int.random(in: 0...120, using: &generator)
            let style = TerminalStyle(showsUnicode: Bool.random(using: &generator), width: width)
            let human = String(decoding: report.render(.human, style: style), as: UTF8.self)
            for line in human.split(separator: "\n") where line.contains(" | ") {
                #expect(DisplayText.width(String(line)) <= style.width, "\(line)")
            }
            #expect(!human.unicodeScalars.contains { DisplayText.steersTerminal($0) && $0 != "\n" })
            _ = try JSON.parse(report.render(.json))
            _ = try JSON.parse(report.render(.sarif))
            _ = try JSON.parse(report.render(.gitlab))
            #expect(report.render(.github).split(separator: 0x0A).count == report.diagnostics.count + 1)
            #expect(report.render(.short).split(separator: 0x0A).count == report.diagnostics.count)
        }
    }

    private func arbitraryReport(_ generator: inout SeededGenerator) -> Report {
        let pieces: [[UInt8]] =
            ["a", "key: ", "\t", "漢", "e\u{301}", "\n", "\r\n", "\r", "\u{1B}[1m", "\u{202E}", "😀"]
            .map { Array($0.utf8) } + [[0xFF], [0xE2, 0x82], [0xC0]]
        var sources = SourceMap()
        var files: [(FileID, Int)] = []
        for name in ["a.yaml", "b.env"] {
            let bytes = (0..<Int.random(in: 0...200, using: &generator))
                .flatMap { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }
            files.append((sources.add(SourceFile(path: name, bytes: bytes)), bytes.count))
        }
        func span(_ generator: inout SeededGenerator) -> Span {
            let (file, count) = files[Int.random(in: 0...1, using: &generator)]
            let start = Int.random(in: 0...(count + 2), using: &generator)
            return Span(file, start, start + Int.random(in: 0...40, using: &generator))
        }
        let findings = (0..<Int.random(in: 1...4, using: &generator)).map { index in
            Diagnostic(
                DiagnosticCode(index, "n"), "m\u{7}\n", at: Label(span(&generator), "label"),
                secondary: (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    Label(span(&generator), "a label of several words")
                },
                fixes: [FixIt("fix", .unspecified, edits: [TextEdit(span(&generator), "new\n")])])
        }
        return Report(
            diagnostics: findings, sources: sources, exitCode: 1, secrets: [span(&generator), span(&generator)])
    }
}
