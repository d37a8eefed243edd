import ConfigLanguages
import Diagnostics

/// The texts of the pages: lines of `name: text`, blank lines, and comments that begin with `#`. A text is no markup;
/// it may have the placeholders of its name, and has all of them.
struct PageTexts: Sendable {
    static let file = "pages/texts.tmpl"

    /// What the binary has; a test holds that it is whole.
    static let builtin = PageTexts(parsing: EmbeddedFile.named(file)?.bytes ?? [], source: nil)

    private var texts: [PageText: Template] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    init(parsing bytes: [UInt8], source: FileID?) {
        var reader = Reader(bytes: bytes, source: source)
        reader.read()
        texts = reader.texts
        diagnostics = reader.diagnostics
    }

    /// A text with its values, fit for a page. `values` has a value for each placeholder.
    func fragment(_ text: PageText, _ values: [String: Fragment<HTMLLanguage>]) -> Fragment<HTMLLanguage> {
        guard let template = texts[text] else { return .empty }
        return Fragment(rendered: RenderedTemplate(template, values).bytes)
    }

    private struct Reader {
        let bytes: [UInt8]
        let source: FileID?
        var texts: [PageText: Template] = [:]
        var diagnostics: [Diagnostic] = []
        private var lines: [PageText: Int] = [:]

        init(bytes: [UInt8], source: FileID?) {
            self.bytes = bytes
            self.source = source
        }

        mutating func read() {
            // The bytes as a whole: UTF-8, no control characters, a bounded size.
            for problem in Template(parsing: bytes, placeholders: []).problems
            where problem.kind == .bytes || problem.kind == .tooLarge {
                return note(problem.kind.code, problem.message, line: problem.line, problem.range, help: problem.help)
            }
            var start = 0
            var line = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                line += 1
                readLine(start..<end, line: line)
                start = end + 1
            }
            let missing = PageText.allCases.filter { lines[$0] == nil }.map(\.rawValue)
            if !missing.isEmpty {
                note(
                    .pageTextLine, "these texts are missing: \(missing.joined(separator: ", "))", line: max(1, line),
                    0..<0)
            }
        }

        private mutating func readLine(_ range: Range<Int>, line: Int) {
            let content = bytes[range]
            guard let first = content.first(where: { $0 != UInt8(ascii: " ") }), first != UInt8(ascii: "#") else {
                return
            }
            guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else {
                return note(.pageTextLine, "the line is no `name: text`", line: line, range)
            }
            let name = String(decoding: content[..<colon], as: UTF8.self)
            guard let text = PageText(rawValue: name) else {
                let names = PageText.allCases.map(\.rawValue)
                let nearest = Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`? " } ?? ""
                return note(
                    .pageTextLine, "there is no text named `\(name)`", line: line, range.lowerBound..<colon,
                    help: "\(nearest)texts are: \(names.joined(separator: ", "))")
            }
            if let earlier = lines.updateValue(line, forKey: text) {
                note(
                    .pageTextLine, "the text `\(name)` stands on line \(earlier) already", line: line,
                    range.lowerBound..<colon)
            }
            let start = content[(colon + 1)...].firstIndex { $0 != UInt8(ascii: " ") } ?? range.upperBound
            guard start < range.upperBound else {
                return note(.pageTextLine, "the text `\(name)` is empty", line: line, range)
            }
            // The placeholders are plain words, which no escape touches, so the text can be escaped before they are
            // found.
            let escaped = HTMLLanguage.text(String(decoding: bytes[start..<range.upperBound], as: UTF8.self)).bytes
            let template = Template(parsing: escaped, placeholders: text.placeholders)
            for problem in template.problems {
                note(problem.kind.code, problem.message, line: line, start..<range.upperBound, help: problem.help)
            }
            texts[text] = template
        }

        private mutating func note(
            _ code: DiagnosticCode, _ message: String, line: Int, _ range: Range<Int>, help: String? = nil
        ) {
            diagnostics.append(
                Diagnostic(
                    code, .error, "\(PageTexts.file):\(line): \(message)",
                    at: source.map { Label(Span($0, range.lowerBound, range.upperBound)) }, help: help))
        }
    }
}
