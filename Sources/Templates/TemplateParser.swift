import Diagnostics

/// Reads a template line by line and holds it against the placeholders it has to have.
struct TemplateParser {
    private let bytes: [UInt8]
    private let placeholders: [TemplatePlaceholder]
    private(set) var parts: [Template.Part] = []
    private(set) var problems: [Template.Problem] = []
    private var used: Set<String> = []
    private var line = 0
    /// Where the text begins that is in no part yet.
    private var textStart = 0

    init(bytes: [UInt8], placeholders: [TemplatePlaceholder]) {
        self.bytes = bytes
        self.placeholders = placeholders
    }

    mutating func parse() {
        guard checkBytes() else { return }
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            line += 1
            readLine(start..<end)
            start = end + 1
        }
        closeText(at: bytes.count)
        for placeholder in placeholders where !used.contains(placeholder.name) {
            report(
                .unusedPlaceholder, 0..<0,
                "`\(placeholder.spelling)` is nowhere in the template, so its value would be lost",
                help: "write it where the value belongs", line: max(line, 1))
        }
    }

    // MARK: Lines

    private mutating func readLine(_ range: Range<Int>) {
        var index = range.lowerBound
        while let open = find("{", from: index, in: range) {
            guard let close = find("}", from: open + 2, in: range) else {
                report(.syntax, open..<range.upperBound, "`{{` has no `}}` on its line")
                return
            }
            readPlaceholder(open..<(close + 2), in: range)
            index = close + 2
        }
        if let stray = find("}", from: index, in: range) {
            report(.syntax, stray..<(stray + 2), "`}}` has no `{{` before it")
        }
    }

    private mutating func readPlaceholder(_ range: Range<Int>, in lineRange: Range<Int>) {
        let isBlock = bytes[range.lowerBound + 2] == UInt8(ascii: ">")
        let inner = (range.lowerBound + (isBlock ? 3 : 2))..<(range.upperBound - 2)
        let name = trimmed(inner)
        guard isName(name) else {
            let help = "placeholders are `{{ name }}` and, alone on a line, `{{> name }}`; there is nothing else"
            return report(.syntax, range, "`\(text(range))` is no placeholder", help: help)
        }
        guard let placeholder = placeholders.first(where: { $0.name == name }) else {
            return report(.unknownPlaceholder, range, "there is no value named `\(name)` here", help: help(for: name))
        }
        switch placeholder.form {
        case .inline:
            guard !isBlock else {
                return report(
                    .misplacedPlaceholder, range, "`\(name)` is a value within a line",
                    help: "write \(placeholder.spelling)")
            }
            closeText(at: range.lowerBound)
            textStart = range.upperBound
            parts.append(.inline(name: name, line: line))
        case .block:
            let before = lineRange.lowerBound..<range.lowerBound
            let isAlone =
                bytes[before].allSatisfy { $0 == UInt8(ascii: " ") } && range.upperBound == lineRange.upperBound
            guard isBlock, isAlone else {
                return report(
                    .misplacedPlaceholder, range, "`\(name)` stands for whole lines",
                    help: "write \(placeholder.spelling) on a line of its own, with nothing but spaces before it")
            }
            guard !used.contains(name) else {
                return report(.misplacedPlaceholder, range, "`\(placeholder.spelling)` stands in the template twice")
            }
            closeText(at: lineRange.lowerBound)
            textStart = min(lineRange.upperBound + 1, bytes.count)
            parts.append(.block(name: name, line: line, indent: before.count))
        }
        used.insert(name)
    }

    private mutating func closeText(at end: Int) {
        if textStart < end { parts.append(.text(textStart..<end)) }
        textStart = max(textStart, end)
    }

    // MARK: Bytes

    /// The offset of the next `brace` twice, at or behind `from`, before the end of `range`.
    private func find(_ brace: Unicode.Scalar, from: Int, in range: Range<Int>) -> Int? {
        let byte = UInt8(ascii: brace)
        var index = from
        while index + 1 < range.upperBound {
            if bytes[index] == byte, bytes[index + 1] == byte { return index }
            index += 1
        }
        return nil
    }

    private func trimmed(_ range: Range<Int>) -> String {
        var slice = bytes[range]
        while slice.first == UInt8(ascii: " ") { slice.removeFirst() }
        while slice.last == UInt8(ascii: " ") { slice.removeLast() }
        return String(decoding: slice, as: UTF8.self)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(60), as: UTF8.self) }

    private func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }

    /// UTF-8 without a byte order mark, without control characters but LF and tab.
    private mutating func checkBytes() -> Bool {
        guard bytes.count <= Template.largestFile else {
            report(.tooLarge, 0..<0, "a template has at most \(Template.largestFile) bytes", line: 1)
            return false
        }
        var line = 1
        for (offset, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") {
                line += 1
            } else if byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F {
                let help = byte == UInt8(ascii: "\r") ? "let its lines end with LF alone" : nil
                let message = "a template has no control characters but tab and LF"
                report(.bytes, offset..<(offset + 1), message, help: help, line: line)
                return false
            }
        }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            report(.bytes, 0..<0, "a template is UTF-8 without a byte order mark", line: 1)
            return false
        }
        return true
    }

    // MARK: Findings

    private func help(for name: String) -> String {
        let names = placeholders.map(\.name)
        let allowed = "this template has: \(names.sorted().joined(separator: ", "))"
        guard let nearest = Suggestion.nearest(to: name, in: names) else { return allowed }
        return "did you mean `\(nearest)`? \(allowed)"
    }

    private mutating func report(
        _ kind: Template.Problem.Kind, _ range: Range<Int>, _ message: String, help: String? = nil, line: Int? = nil
    ) {
        problems.append(
            Template.Problem(kind: kind, range: range, line: line ?? self.line, message: message, help: help))
    }
}
