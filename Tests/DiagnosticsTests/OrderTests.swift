import Testing

@testable import Diagnostics

@Suite struct OrderTests {
    @Test("findings are ordered by file, start, end, severity, code and text; exact duplicates are dropped")
    func order() {
        let code = Samples.code
        func at(_ file: Int, _ start: Int, _ end: Int) -> Label { Label(Span(FileID(file), start, end)) }
        let ordered = [
            Diagnostic(code, .note, "placeless", at: nil),
            Diagnostic(code, .note, "m", at: at(0, 1, 2)),
            Diagnostic(code, "m", at: at(0, 1, 3)),
            Diagnostic(Samples.emptyClientID, "m", at: at(0, 1, 3)),
            Diagnostic(code, .warning, "a", at: at(0, 1, 3)),
            Diagnostic(code, .warning, "b", at: at(0, 1, 3)),
            Diagnostic(code, .warning, "b", at: at(0, 1, 3), help: "h"),
            Diagnostic(code, "m", at: at(0, 2, 2)),
            Diagnostic(code, "m", at: at(1, 0, 0)),
        ]
        #expect((ordered.reversed() + ordered).arranged == ordered)
    }
}
