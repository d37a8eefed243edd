import Diagnostics

/// A page of CommonMark while it is written, with the origins of its lines.
///
/// Values come in as code, never as text, so that none of their characters can become markup.
package struct MarkdownPage {
    private(set) var bytes: [UInt8] = []
    private(set) var provenance: [Provenance] = []
    private var lines = 0
    private var endsBlank = true
    /// Where all that is written comes from at the moment.
    private var surrounding: [Span] = []

    /// A line with the places of the spec that its values come from.
    struct Line {
        let text: String
        let origins: [Span]

        init(_ text: String, from origins: [Span] = []) {
            self.text = text
            self.origins = origins
        }
    }

    /// A row of a table; cells are words of ours and code.
    struct Row {
        let cells: [String]
        let origins: [Span]
    }

    /// Writes a line of our own words; values in it are put there by ``code(_:)``, and come from `origins`.
    mutating func line(_ text: String = "", from origins: [Span] = []) {
        endsBlank = text.isEmpty
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\n"))
        lines += 1
        note(origins)
    }

    mutating func heading(_ level: Int, _ text: String, from origins: [Span] = []) {
        if !endsBlank { line() }
        line(String(repeating: "#", count: level) + " " + text, from: origins)
        line()
    }

    mutating func item(_ text: String, from origins: [Span] = []) { line("- " + text, from: origins) }

    /// Numbered from 1, in one list.
    mutating func steps(_ items: [Line]) {
        for (index, item) in items.enumerated() { line("\(index + 1). \(item.text)", from: item.origins) }
    }

    mutating func table(_ head: [String], _ rows: some Sequence<Row>) {
        line("| " + head.joined(separator: " | ") + " |")
        line("|" + String(repeating: "---|", count: head.count))
        for row in rows { line("| " + row.cells.joined(separator: " | ") + " |", from: row.origins) }
    }

    /// A fenced block. Its lines are made of validated values, none of which has a backtick or a line end.
    mutating func block(_ language: String, _ text: [String], from origins: [Span] = []) {
        block(language, text.map { Line($0, from: origins) })
    }

    /// A fenced block whose lines come from places of their own.
    mutating func block(_ language: String, _ text: [Line]) {
        if !endsBlank { line() }
        line("```" + language)
        for part in text { line(part.text, from: part.origins) }
        line("```")
    }

    /// What is written by `body` came from `origins`, besides what its lines say.
    mutating func from(_ origins: [Span], _ body: (inout MarkdownPage) -> Void) {
        let outer = surrounding
        surrounding = origins + outer
        body(&self)
        surrounding = outer
    }

    /// The line that was written last comes from the places of its values, then from those around it.
    private mutating func note(_ own: [Span]) {
        let origins = own.isEmpty ? surrounding : own + surrounding.filter { !own.contains($0) }
        guard !origins.isEmpty else { return }
        let last = provenance.count - 1
        if last >= 0, provenance[last].lines.upperBound == lines - 1, provenance[last].origins == origins {
            provenance[last].lines = provenance[last].lines.lowerBound...lines
        } else {
            provenance.append(Provenance(lines: lines...lines, origins: origins))
        }
    }

    /// A value as a code span (CommonMark §6.1): a fence longer than any run of backticks in it; line ends and
    /// other controls become blanks, and a bar is escaped, for tables.
    package static func code(_ value: String) -> String {
        if !needsCare(value) { return "`\(value)`" }
        var longest = 0
        var run = 0
        var text = ""
        for scalar in value.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
            if scalar == "|" { text += "\\" }
            text.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let needsBlank = text.hasPrefix("`") || text.hasSuffix("`")
        return needsBlank ? "\(fence) \(text) \(fence)" : fence + text + fence
    }

    /// True for the few values that do not stand between backticks as they are: it spares the others a look at each
    /// character.
    private static func needsCare(_ value: String) -> Bool {
        let bytes = value.utf8Span.span
        for index in bytes.indices {
            switch bytes[index] {
            case 0..<0x20, 0x7F, UInt8(ascii: "`"), UInt8(ascii: "|"): return true
            default: continue
            }
        }
        return false
    }
}
