import ConfigLanguages

/// A skeleton with its values in place.
package struct RenderedTemplate: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// The line on which each block's value begins, 1-based: line `n` of the value (from 1) is line
    /// `blockLines[name] + n - 1` of the text.
    package private(set) var blockLines: [String: Int] = [:]

    /// `template` has no problems, and `values` has a value of the right form for each hole. Without `countsLines`
    /// there are no `blockLines`, which take longer to count than all the rest.
    init<Language>(_ template: Template, _ values: [String: Fragment<Language>], countsLines: Bool = true) {
        bytes.reserveCapacity(template.bytes.count + values.values.reduce(0) { $0 + $1.bytes.count + 1 })
        var counted = 0
        var line = 1
        for part in template.parts {
            switch part {
            case .text(let range):
                bytes += template.bytes[range]
            case .inline(let name, _):
                bytes += values[name]?.bytes ?? []
            case .block(let name, _, let indent):
                if countsLines {
                    line += Self.lineEnds(bytes[counted...])
                    counted = bytes.count
                    blockLines[name] = line
                }
                append(lines: values[name]?.bytes ?? [], indent: indent)
            }
        }
    }

    /// Whole lines, each not empty one behind `indent` spaces, the last one ended.
    private mutating func append(lines: [UInt8], indent: Int) {
        guard let last = lines.last else { return }
        let lineEnd = UInt8(ascii: "\n")
        if indent == 0 {
            bytes += lines
            if last != lineEnd { bytes.append(lineEnd) }
            return
        }
        let margin = [UInt8](repeating: UInt8(ascii: " "), count: indent)
        let whole = last == lineEnd ? lines.dropLast() : lines[...]
        for line in whole.split(separator: lineEnd, omittingEmptySubsequences: false) {
            if !line.isEmpty { bytes += margin }
            bytes += line
            bytes.append(lineEnd)
        }
    }

    private static func lineEnds(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }
}
