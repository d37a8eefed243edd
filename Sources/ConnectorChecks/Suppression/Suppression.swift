import Diagnostics

/// A comment that allows findings of some codes on one line: `# connectorgen: allow CG503 -- reason`.
///
/// It speaks of its own line, or of the next line with something on it when it stands alone. Whatever is no hard error
/// can be allowed: a spec that cannot be read or planned stays as it is.
struct Suppression {
    /// The comment, from its `#` to the end of the line.
    let span: Span
    /// 0-based index of the line that it speaks of; nil behind the last one.
    let line: Int?
    /// As they were written: codes or names.
    let names: [String]
    /// Empty when none is given.
    let reason: String

    /// All such comments of one file, in order.
    static func all(in file: FileID, of sources: SourceMap) -> [Suppression] {
        let source = sources[file]
        var found: [Suppression] = []
        var index = 0
        while let start = source.bytes[index...].firstIndex(of: 0x23) {
            index = start + 1
            guard start == 0 || [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[start - 1]) else { continue }
            let line = source.lineIndex(at: start)
            let range = source.lineRange(line)
            let comment = String(decoding: source.bytes[start..<range.upperBound], as: UTF8.self)
            guard let body = body(of: comment) else { continue }
            let isAlone = source.bytes[range.lowerBound..<start].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            let (names, reason) = parts(of: body)
            found.append(
                Suppression(
                    span: Span(file, start, range.upperBound), line: isAlone ? nextLine(after: line, in: source) : line,
                    names: names, reason: reason))
        }
        return found
    }

    /// What stands behind `connectorgen: allow`.
    private static func body(of comment: String) -> Substring? {
        var rest = comment.dropFirst().drop { $0 == " " || $0 == "\t" }
        for word in ["connectorgen:", "allow"] {
            guard rest.hasPrefix(word) else { return nil }
            rest = rest.dropFirst(word.count)
            guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
            rest = rest.drop { $0 == " " || $0 == "\t" }
        }
        return rest
    }

    private static func parts(of body: Substring) -> (names: [String], reason: String) {
        var words = body.split { $0 == " " || $0 == "\t" || $0 == "," }.map(String.init)
        guard let dashes = words.firstIndex(of: "--") else { return (words, "") }
        let names = Array(words[..<dashes])
        words.removeFirst(dashes + 1)
        return (names, words.joined(separator: " "))
    }

    private static func nextLine(after line: Int, in source: SourceFile) -> Int? {
        ((line + 1)..<max(line + 1, source.lineStarts.count)).first { index in
            let first = source.bytes[source.lineRange(index)].first { $0 != 0x20 && $0 != 0x09 }
            return first != nil && first != 0x23
        }
    }
}
