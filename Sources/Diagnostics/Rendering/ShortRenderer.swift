/// One line for each finding, complete without any drawing:
/// `connector.yaml:12:16: error[CG301]: message; help [client-id-null]`.
struct ShortRenderer {
    private let report: Report
    private let style: TerminalStyle

    init(_ report: Report, _ style: TerminalStyle) {
        self.report = report
        self.style = style
    }

    var bytes: [UInt8] {
        var output: [UInt8] = []
        for diagnostic in report.diagnostics { output += (line(diagnostic) + "\n").utf8 }
        return output
    }

    private func line(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.primary.map { style.shown(report.sources.location(of: $0.span)) + ": " } ?? ""
        let kind = style.painted("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", .init(diagnostic.severity))
        let help = diagnostic.help.map { "; \($0)" } ?? ""
        return "\(place)\(kind): \(style.shown(diagnostic.message + help)) [\(diagnostic.code.name)]"
    }
}
