/// The lines of one file that labels point at, with what is pointed at underlined.
struct Excerpt {
    /// A part of one line to be underlined: a span of several lines has one at its first and one at its last line.
    struct Mark: Hashable {
        let line: Int
        let start: Int
        let end: Int
        let text: String
        let isPrimary: Bool
        /// True for the last line of a longer span, underlined from its first ink.
        let fromInk: Bool
    }

    private let file: SourceFile
    private let secrets: [Range<Int>]
    private let style: TerminalStyle
    private let role: TerminalStyle.Role
    /// In the order of lines; on one line the primary first.
    private let marks: [Mark]

    init(
        _ file: SourceFile, secrets: [Range<Int>], primary: Label?, secondary: [Label], style: TerminalStyle,
        role: TerminalStyle.Role
    ) {
        self.file = file
        self.secrets = secrets
        self.style = style
        self.role = role
        let all = (primary.map { [($0, true)] } ?? []) + secondary.map { ($0, false) }
        let marks = all.flatMap { Self.marks(of: $0, isPrimary: $1, in: file) }
        self.marks = marks.enumerated().sorted {
            ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
        }.map(\.element)
    }

    private static func marks(of label: Label, isPrimary: Bool, in file: SourceFile) -> [Mark] {
        let start = min(label.span.start, file.bytes.count)
        var end = min(max(label.span.end, start), file.bytes.count)
        // A span that ends with the line end covers nothing of the line behind it.
        if end > start, file.lineStarts[file.lineIndex(at: end)] == end { end -= 1 }
        let first = file.lineIndex(at: start)
        let last = file.lineIndex(at: end)
        func mark(_ line: Int, _ start: Int, _ end: Int, _ text: String, fromInk: Bool = false) -> Mark {
            Mark(line: line, start: start, end: end, text: text, isPrimary: isPrimary, fromInk: fromInk)
        }
        if first == last { return [mark(first, start, end, label.text)] }
        return [
            mark(first, start, file.lineRange(first).upperBound, ""),
            mark(last, file.lineStarts[last], end, label.text, fromInk: true),
        ]
    }

    /// The highest line number that is shown, 1-based.
    var lastLineNumber: Int { (marks.last?.line ?? 0) + 1 }

    /// The lines of the drawing; `gutter` is the width of the line numbers.
    func lines(gutter: Int) -> [String] {
        var output: [String] = []
        var previous: Int?
        var rest = marks[...]
        while let line = rest.first?.line {
            let here = rest.prefix { $0.line == line }
            rest = rest.dropFirst(here.count)
            if let previous, line == previous + 2 {
                output += [
                    framed(
                        previous + 1, gutter,
                        display(previous + 1, file.lineStarts[previous + 1]).text(in: 0..<room(gutter)))
                ]
            } else if let previous, line > previous + 2 {
                output.append(style.painted("...", .frame))
            }
            output += draw(line, Array(here), gutter)
            previous = line
        }
        return output
    }

    private func display(_ line: Int, _ offset: Int) -> DisplayLine {
        DisplayLine(file, line: line, around: offset, secrets: secrets, style: style)
    }

    /// Columns that are left for source text.
    private func room(_ gutter: Int) -> Int { max(style.width - gutter - 3, 20) }

    /// The line once with every mark that is in view, and again around the marks that are not.
    private func draw(_ line: Int, _ marks: [Mark], _ gutter: Int) -> [String] {
        var output: [String] = []
        var rest = marks
        while let focus = rest.first {
            let display = display(line, focus.start)
            let view = LineView(display, around: columns(of: focus, in: display), room: room(gutter))
            let inView = rest.filter { $0 == focus || view.shows(columns(of: $0, in: display).lowerBound) }
            rest.removeAll(where: inView.contains)
            output.append(framed(line, gutter, view.text))
            for mark in inView { output += underline(mark, view.columns(columns(of: mark, in: display)), gutter) }
        }
        return output
    }

    /// The columns that a mark underlines, at least one.
    private func columns(of mark: Mark, in display: DisplayLine) -> Range<Int> {
        let end = display.column(of: mark.end)
        let start = mark.fromInk ? min(display.firstInkColumn, end) : display.column(of: mark.start)
        return start..<max(end, start + 1)
    }

    private func underline(_ mark: Mark, _ columns: Range<Int>, _ gutter: Int) -> [String] {
        let paint = mark.isPrimary ? role : .frame
        let indentation = String(repeating: " ", count: columns.lowerBound)
        let line =
            indentation + style.painted(String(repeating: mark.isPrimary ? "^" : "-", count: columns.count), paint)
        guard !mark.text.isEmpty else { return [framed(nil, gutter, line)] }
        let text = style.shown(mark.text)
        if columns.upperBound + 1 + DisplayText.width(text) <= room(gutter) {
            return [framed(nil, gutter, line + " " + style.painted(text, paint))]
        }
        let margin = String(
            repeating: " ", count: min(columns.lowerBound, max(room(gutter) - DisplayText.width(text), 0)))
        let wrapped = TextWrapping.lines(text, width: room(gutter), first: margin, rest: margin)
        return [framed(nil, gutter, line)] + wrapped.map { framed(nil, gutter, style.painted($0, paint)) }
    }

    private func framed(_ line: Int?, _ gutter: Int, _ text: String) -> String {
        let number = line.map { String($0 + 1) } ?? ""
        let frame = String(repeating: " ", count: gutter - number.utf8.count) + number + " |"
        return style.painted(frame, .frame) + (text.isEmpty ? "" : " " + text)
    }
}
