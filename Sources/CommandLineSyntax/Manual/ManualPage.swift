extension CommandLineProgram {
    /// A manual page in man(7) form.
    package struct ManualPage: Hashable, Sendable {
        /// `connectorgen-build.1`.
        package let fileName: String
        package let text: String
    }

    /// The pages of the program and of each command, with a fixed date such as `2026-01-31`, so that the
    /// same program always gives the same bytes.
    package func manualPages(date: String) -> [ManualPage] {
        ([nil] + commands).map { manualPage(for: $0, date: date) }
    }

    private func manualPage(for command: Command?, date: String) -> ManualPage {
        let page = HelpPage(self, command)
        let title = page.subject.split(separator: " ").joined(separator: "-")
        var roff = RoffText()
        roff.title(title.uppercased(), date: date, source: versionLine)
        roff.macro("SH", ["NAME"])
        roff.line("\(title) \\- " + RoffText.escaped(page.summary))
        roff.macro("SH", ["SYNOPSIS"])
        for (index, usage) in page.usage.enumerated() {
            if index > 0 { roff.macro("br") }
            roff.bold(page.subject, then: String(usage.dropFirst(page.subject.count)))
        }
        for section in page.sections {
            roff.macro("SH", [section.title.uppercased()])
            write(section.body, to: &roff)
        }
        let others = ([nil] + commands).filter { $0 != command }
        if !others.isEmpty {
            roff.macro("SH", ["SEE ALSO"])
            for (index, other) in others.enumerated() {
                let name = ([name] + (other?.words ?? [])).joined(separator: "-")
                roff.macro("BR", [name, "(1)" + (index + 1 < others.count ? "," : "")])
            }
        }
        return ManualPage(fileName: "\(title).1", text: roff.text)
    }

    private func write(_ body: HelpPage.Body, to roff: inout RoffText) {
        switch body {
        case .paragraphs(let paragraphs):
            for (index, paragraph) in paragraphs.enumerated() {
                if index > 0 { roff.macro("PP") }
                roff.line(RoffText.escaped(paragraph))
            }
        case .rows(let rows):
            for row in rows {
                roff.macro("TP")
                roff.bold(row.label)
                roff.line(RoffText.escaped(row.text))
            }
        case .examples(let examples):
            for example in examples {
                roff.macro("TP")
                roff.bold(example.commandLine)
                roff.line(RoffText.escaped(example.explanation))
            }
        }
    }
}
