import Diagnostics
import TestSupport
import Testing

@Suite("which fixes are made, and what they leave alone")
struct FixSelectionTests {
    private let file = FileID(0)

    private func finding(_ edits: [(Int, Int, String)], _ reach: FixIt.Applicability = .machineApplicable) -> Diagnostic
    {
        Diagnostic(
            DiagnosticCode(1, "a", summary: "", why: "", remedy: ""), "a", at: nil,
            fixes: [FixIt("fix", reach, edits: edits.map { TextEdit(Span(file, $0.0, $0.1), $0.2) })])
    }

    private func fixed(_ text: String, _ findings: [Diagnostic], includingUnsafe: Bool = false) -> String {
        let selection = FixSelection(of: findings, includingUnsafe: includingUnsafe) { $0 }
        return String(decoding: selection.fixed(Array(text.utf8), of: file), as: UTF8.self)
    }

    @Test("of two that touch each other the first is made, whole or not at all")
    func overlap() {
        #expect(fixed("abcdef", [finding([(0, 2, "X")]), finding([(1, 3, "Y")]), finding([(2, 3, "Z")])]) == "XZdef")
        #expect(fixed("abcdef", [finding([(0, 1, "X")]), finding([(4, 5, "Q"), (0, 1, "Y")])]) == "Xbcdef")
        #expect(fixed("abc", [finding([(3, 3, "X")]), finding([(3, 3, "Y")])]) == "abcX")
        #expect(fixed("abc", [finding([(1, 2, "X")]), finding([(2, 2, "Y")])]) == "aXc")
    }

    @Test("what needs a look is made when somebody says so, what has placeholders never")
    func reach() {
        let look = finding([(0, 1, "X")], .maybeIncorrect)
        let open = finding([(1, 2, "Y")], .hasPlaceholders)
        #expect(fixed("ab", [look, open]) == "ab")
        #expect(fixed("ab", [look, open], includingUnsafe: true) == "Xb")
    }

    @Test("two files that are one on the disk are fixed as one, and what has no home is left")
    func homes() {
        let other = Diagnostic(
            DiagnosticCode(1, "a", summary: "", why: "", remedy: ""), "a", at: nil,
            fixes: [FixIt("fix", .machineApplicable, edits: [TextEdit(Span(FileID(1), 0, 1), "Y")])])
        let same = FixSelection(of: [finding([(0, 1, "X")]), other], includingUnsafe: false) { _ in FileID(0) }
        #expect(same.chosen.count == 1 && same.files == [FileID(0)])
        let none = FixSelection(of: [other], includingUnsafe: false) { $0 == FileID(0) ? $0 : nil }
        #expect(none.chosen.isEmpty)
    }

    @Test("fixes that lead to each other end, and say so")
    func circle() {
        var sources = SourceMap()
        let id = sources.add(SourceFile(path: "a", text: "a"))
        let result = FixedFiles(sources, includingUnsafe: false, home: { $0 }) { changes in
            let now = changes[id] ?? Array("a".utf8)
            return [finding([(0, 1, now == Array("a".utf8) ? "b" : "a")])]
        }
        #expect(!result.isSettled && result.made.count == 1)
    }

    @Test("what one fix uncovers is fixed too")
    func passes() {
        var sources = SourceMap()
        let id = sources.add(SourceFile(path: "a", text: ""))
        let result = FixedFiles(sources, includingUnsafe: false, home: { $0 }) { changes in
            let count = changes[id]?.count ?? 0
            return count < 3 ? [finding([(count, count, "x")])] : []
        }
        #expect(result.isSettled && result.changes == [id: Array("xxx".utf8)])
    }
}
