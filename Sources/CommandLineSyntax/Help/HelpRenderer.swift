import Diagnostics

extension CommandLineProgram {
    /// The help page of a command, or of the program, for a terminal of that many columns: lines are at
    /// most 100 and at least 40 columns long. Ends with a line end.
    package func help(for command: Command?, columns: Int = 80) -> String {
        HelpRenderer(columns: columns).text(of: HelpPage(self, command))
    }
}

/// Lays a help page out for a terminal.
struct HelpRenderer {
    private let columns: Int

    init(columns: Int) {
        self.columns = min(max(columns, 40), 100)
    }

    func text(of page: HelpPage) -> String {
        var lines = TextWrapping.lines("\(page.subject): \(page.summary)", width: columns)
        lines.append("")
        for usage in page.usage {
            lines += TextWrapping.lines(usage, width: columns, first: "Usage: ", rest: "           ")
        }
        for section in page.sections {
            lines += ["", "\(section.title):"]
            switch section.body {
            case .paragraphs(let paragraphs):
                for (index, paragraph) in paragraphs.enumerated() {
                    if index > 0 { lines.append("") }
                    lines += TextWrapping.lines(paragraph, width: columns, first: "  ", rest: "  ")
                }
            case .rows(let rows):
                lines += rowLines(rows)
            case .examples(let examples):
                for example in examples {
                    lines += TextWrapping.lines(example.explanation, width: columns, first: "  ", rest: "  ")
                    lines.append("    $ \(example.commandLine)")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Labels and texts in two columns; a label that is too wide, and every label on a narrow terminal,
    /// has its text on the next line.
    private func rowLines(_ rows: [HelpPage.Row]) -> [String] {
        // Long options without a letter stand below those that have one.
        let hasLetters = rows.contains { $0.label.hasPrefix("-") && !$0.label.hasPrefix("--") }
        let labels = rows.map { (hasLetters && $0.label.hasPrefix("--") ? "      " : "  ") + $0.label }
        let widest = labels.map(\.utf8.count).max() ?? 0
        let indentation = columns < 60 ? 6 : min(widest, 28) + 2
        let margin = String(repeating: " ", count: indentation)
        return zip(rows, labels).flatMap { row, label in
            let padding = indentation - label.utf8.count
            if padding < 2 {
                return [label] + TextWrapping.lines(row.text, width: columns, first: margin, rest: margin)
            }
            let first = label + String(repeating: " ", count: padding)
            return TextWrapping.lines(row.text, width: columns, first: first, rest: margin)
        }
    }
}
