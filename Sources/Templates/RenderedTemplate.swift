package import ConfigLanguages

/// A template with its values in place.
package struct RenderedTemplate: Sendable {
    package private(set) var text = TextRope()
    /// The line on which each block's value begins, 1-based: line `n` of the value (from 1) is line
    /// `blockLines[name] + n - 1` of the text.
    package private(set) var blockLines: [String: Int] = [:]
    /// The lines, 1-based, on which the values within lines stand, of those before the first block; in their order.
    package private(set) var inlineLines: [(name: String, line: Int)] = []

    package var bytes: [UInt8] { text.bytes }

    /// `template` has no problems, and `values` has a value of the right form for each placeholder. Without
    /// `countsLines` there are none of either lines, which take longer to count than all the rest.
    init<Language>(_ template: Template, _ values: [String: Fragment<Language>], countsLines: Bool = true) {
        var line = 1
        var isBeforeBlocks = countsLines
        for part in template.parts {
            switch part {
            case .text(let range):
                if isBeforeBlocks { line += template.bytes[range].count { $0 == UInt8(ascii: "\n") } }
                text.append(template.bytes[range])
            case .inline(let name, _):
                if isBeforeBlocks { inlineLines.append((name, line)) }
                text.append(values[name]?.bytes ?? [])
            case .block(let name, _, let indent):
                isBeforeBlocks = false
                if countsLines { blockLines[name] = Self.line(behind: text.bytes) }
                if let value = values[name]?.text { append(lines: value, indent: indent) }
            }
        }
    }

    /// Whole lines, each not empty one behind `indent` spaces, the last one ended.
    private mutating func append(lines: TextRope, indent: Int) {
        guard let last = lines.last else { return }
        let lineEnd = UInt8(ascii: "\n")
        if indent == 0 {
            text.append(lines)
            if last != lineEnd { text.append(lineEnd) }
            return
        }
        let margin = [UInt8](repeating: UInt8(ascii: " "), count: indent)
        let whole = last == lineEnd ? lines.bytes.dropLast() : lines.bytes[...]
        for line in whole.split(separator: lineEnd, omittingEmptySubsequences: false) {
            if !line.isEmpty { text.append(margin) }
            text.append(line)
            text.append(lineEnd)
        }
    }

    /// The number of the line that comes behind whole lines, 1-based.
    private static func line(behind lines: [UInt8]) -> Int {
        lines.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }
}
