/// Workflow commands of GitHub RunnableCommands, one for each finding, then the summary. Errors come first because
/// only about the first ten of a step are displayed.
struct GitHubRenderer {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    var bytes: [UInt8] {
        let ordered = Severity.allCases.flatMap { severity in report.diagnostics.filter { $0.severity == severity } }
        return Array((ordered.map(command) + [report.summary]).joined(separator: "\n").utf8) + [0x0A]
    }

    private func command(_ diagnostic: Diagnostic) -> String {
        let level = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
        var properties = [("title", "\(Product.name) (\(diagnostic.code))")]
        var text = "\(diagnostic.code) \(diagnostic.message)"
        if let span = diagnostic.primary?.span {
            let start = report.start(span)
            let end = report.end(span)
            properties += [
                ("file", report.machinePath(span.file)), ("line", "\(start.line)"), ("col", "\(start.column)"),
                ("endLine", "\(end.line)"), ("endColumn", "\(end.column)"),
            ]
            text = "\(report.machineLocation(span)): \(text)"
        }
        for label in diagnostic.secondary { text += "\n  \(report.machineLocation(label.span)): \(label.text)" }
        for note in diagnostic.notes { text += "\n  note: \(note)" }
        if let help = diagnostic.help { text += "\n  help: \(help)" }
        let list = properties.map { "\($0)=\(Self.escaped($1, alsoIn: ":,"))" }.joined(separator: ",")
        return "::\(level) \(list)::\(Self.escaped(text, alsoIn: ""))"
    }

    /// `%`, CR and LF, and in properties also `:` and `,`, as the runner decodes them.
    private static func escaped(_ text: String, alsoIn more: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "\r" || scalar == "\n" || more.unicodeScalars.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result.append(contentsOf: ("%" + (scalar.value < 16 ? "0" : "") + digits).unicodeScalars)
            } else {
                result.append(contentsOf: DisplayText.escaped(String(scalar)).unicodeScalars)
            }
        }
        return String(result)
    }
}
