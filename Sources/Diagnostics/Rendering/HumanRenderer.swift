/// The report for people: each finding with the source it points at, why it matters and what to do.
struct HumanRenderer {
    private let report: Report
    private let style: TerminalStyle

    init(_ report: Report, _ style: TerminalStyle) {
        self.report = report
        self.style = style
    }

    /// Nothing when there is nothing to say.
    var bytes: [UInt8] {
        guard !report.diagnostics.isEmpty || !report.suppressed.isEmpty else { return [] }
        var output = report.diagnostics.map(block).joined(separator: "\n")
        output += report.summary + "\n"
        return Array(output.utf8)
    }

    private func block(_ diagnostic: Diagnostic) -> String {
        let role = TerminalStyle.Role(diagnostic.severity)
        let kind = style.painted("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", role)
        var lines = ["\(kind): \(style.painted(style.shown(diagnostic.message), .emphasis))"]
        let parts = excerpts(of: diagnostic, role)
        let gutter = String(parts.map(\.excerpt.lastLineNumber).max() ?? 1).utf8.count
        let margin = String(repeating: " ", count: gutter)
        for (index, part) in parts.enumerated() {
            if index > 0 { lines.append(style.painted("\(margin) |", .frame)) }
            let arrow = style.painted(margin + (index == 0 ? "-->" : ":::"), .frame)
            lines.append("\(arrow) \(style.shown(report.sources.location(of: part.span)))")
            lines.append(style.painted("\(margin) |", .frame))
            lines += part.excerpt.lines(gutter: gutter)
        }
        for (word, text) in remarks(on: diagnostic) { lines += remark(word, text, margin) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One excerpt for each file that is pointed into; the file of the primary label first.
    private func excerpts(of diagnostic: Diagnostic, _ role: TerminalStyle.Role) -> [(span: Span, excerpt: Excerpt)] {
        let labels = (diagnostic.primary.map { [$0] } ?? []) + diagnostic.secondary
        var files: [FileID] = []
        for label in labels where !files.contains(label.span.file) { files.append(label.span.file) }
        return files.compactMap { file in
            let primary = diagnostic.primary?.span.file == file ? diagnostic.primary : nil
            let secondary = diagnostic.secondary.filter { $0.span.file == file }
            guard let span = (primary ?? secondary.first)?.span else { return nil }
            let excerpt = Excerpt(
                report.sources[file], secrets: report.secretRanges(in: file), primary: primary, secondary: secondary,
                style: style, role: role)
            return (span, excerpt)
        }
    }

    /// The lines below the excerpts. A note that begins with `trace: ` keeps that word.
    private func remarks(on diagnostic: Diagnostic) -> [(word: String, text: String)] {
        let notes = diagnostic.notes.map { note in
            note.hasPrefix("trace: ") ? ("trace", String(note.dropFirst(7))) : ("note", note)
        }
        let help = diagnostic.help.map { [("help", $0)] } ?? []
        let fixes = diagnostic.fixes.flatMap { fix in
            [("fix", fix.title + fix.applicability.caution)] + fix.edits.map { ("", described($0)) }
        }
        return notes + help + fixes + [("explain", "\(Product.name) explain \(diagnostic.code)")]
    }

    private func remark(_ word: String, _ text: String, _ margin: String) -> [String] {
        let prefix = word.isEmpty ? "\(margin)     " : "\(margin) = \(word): "
        let rest = String(repeating: " ", count: prefix.utf8.count)
        var lines = TextWrapping.lines(style.shown(text), width: style.width, first: prefix, rest: rest)
        if !word.isEmpty {
            lines[0] =
                style.painted("\(margin) =", .frame) + " " + style.painted("\(word):", .emphasis)
                + lines[0].dropFirst(prefix.count - 1)
        }
        return lines
    }

    private func described(_ edit: TextEdit) -> String {
        let place = report.sources.location(of: edit.span)
        let old = report.touchesSecret(edit.span) ? "[secret]" : quoted(report.sources.text(of: edit.span))
        if edit.span.isEmpty { return "\(place): insert \(quoted(edit.replacement))" }
        if edit.replacement.isEmpty { return "\(place): remove \(old)" }
        return "\(place): replace \(old) by \(quoted(edit.replacement))"
    }

    /// In backticks, on one line, not longer than half a line.
    private func quoted(_ text: String) -> String {
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
        let short = DisplayText.prefix(of: line, width: 60)
        return "`" + short + (short == line ? "" : "...") + "`"
    }
}

extension FixIt.Applicability {
    /// What a person should know before they take the fix.
    fileprivate var caution: String {
        switch self {
        case .machineApplicable, .unspecified: ""
        case .maybeIncorrect: " (check the result)"
        case .hasPlaceholders: " (fill in the placeholders)"
        }
    }
}
