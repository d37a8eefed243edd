import Diagnostics

/// libyaml's complaints about where a line begins, in words that name columns and the characters that mislead.
extension YAMLText {
    func unexpectedTab(_ error: LibYAMLError) -> Diagnostic? {
        let offset = error.offset
        guard offset < bytes.count, bytes[offset] == 0x09 else { return nil }
        var end = offset
        while end < bytes.count, bytes[end] == 0x09 { end += 1 }
        let line = line(at: offset)
        let edit =
            line.indented <= offset
            ? TextEdit(span(offset, end), " ")
            : TextEdit(span(line.start, line.indented), String(repeating: " ", count: expectedIndentation(of: line)))
        return Diagnostic(
            .yamlTab, "a tab stands where YAML wants spaces", at: Label(span(offset, end)),
            help: "indent with spaces, two for each level",
            fixes: [FixIt("write spaces", .maybeIncorrect, edits: [edit])])
    }

    /// A blank that YAML takes for text, where a space was meant: in the indentation, or behind a `:` or a `-`.
    func oddBlank(_ error: LibYAMLError) -> Diagnostic? {
        let here = line(at: error.offset)
        for line in [here, previous(to: here)].compactMap(\.self) {
            var index = line.start
            while index < line.end {
                defer { index += 1 }
                guard let length = Self.oddBlankLength(bytes[index..<line.end]) else { continue }
                let isIndentation = bytes[line.start..<index].allSatisfy { $0 == 0x20 }
                guard isIndentation || bytes[index - 1] == UInt8(ascii: ":") || bytes[index - 1] == UInt8(ascii: "-")
                else { continue }
                let place = span(index, index + length)
                let name = String(decoding: bytes[index..<index + length], as: UTF8.self).unicodeScalars
                    .map { "U+" + String($0.value, radix: 16, uppercase: true) }.joined()
                return Diagnostic(
                    .yamlIndentation, "\(Self.padded(name)) looks like a space and is none to YAML",
                    at: Label(place, "an odd character"), help: "write a space",
                    fixes: [FixIt("write a space", .maybeIncorrect, edits: [TextEdit(place, " ")])])
            }
        }
        return nil
    }

    func indentation(_ error: LibYAMLError) -> Diagnostic? {
        switch error.problem {
        case "did not find expected key":
            guard bytes[error.offset...].first != UInt8(ascii: ":") else {
                return Diagnostic(
                    .yamlKeyMissing, "a key is missing before the `:`", at: Label(token(at: error.offset)))
            }
            return misaligned(error, "a key of the mapping")
        case "did not find expected '-' indicator": return misaligned(error, "a `- ` of the list")
        case "mapping values are not allowed in this context": return tooDeep(error)
        default: return nil
        }
    }

    private func misaligned(_ error: LibYAMLError, _ expected: String) -> Diagnostic {
        let column = column(of: error.offset)
        let begun = error.contextOffset.map { "; its entries begin in column \(self.column(of: $0))" } ?? ""
        return Diagnostic(
            .yamlIndentation, "expected \(expected), found \(found(at: error.offset)) in column \(column)\(begun)",
            at: Label(token(at: error.offset)),
            secondary: error.contextOffset.map { [Label(token(at: $0), "which begins here")] } ?? [],
            help: "look at the indentation: entries of one collection begin in the same column")
    }

    /// A key that is indented deeper than the key above it, which has a value already.
    private func tooDeep(_ error: LibYAMLError) -> Diagnostic? {
        let line = line(at: error.offset)
        let key = String(decoding: bytes[line.indented..<max(line.indented, error.offset)], as: UTF8.self)
        guard !key.isEmpty, !key.contains(" "), let above = previous(to: line), above.indented < line.indented else {
            return nil
        }
        let (column, wanted) = (line.indented - line.start + 1, above.indented - above.start + 1)
        guard column > wanted else { return nil }
        let first = token(at: above.indented)
        return Diagnostic(
            .yamlIndentation,
            "`\(key)` begins in column \(column), deeper than the line above, which has a value already",
            at: Label(span(line.indented, error.offset), "column \(column)"),
            secondary: [Label(first, "column \(wanted)")],
            help: "look at the indentation: keys of one mapping begin in the same column, here \(wanted)",
            fixes: [
                FixIt(
                    "begin in column \(wanted)", .maybeIncorrect,
                    edits: [
                        TextEdit(span(line.start, line.indented), String(repeating: " ", count: wanted - 1))
                    ])
            ])
    }

    // MARK: lines

    private struct Line {
        let start: Int
        /// The first byte that is no blank.
        let indented: Int
        let end: Int
    }

    private func line(at offset: Int) -> Line {
        var start = min(offset, bytes.count)
        while start > self.start, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        let indented = bytes[start..<end].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? end
        return Line(start: start, indented: indented, end: end)
    }

    /// The nearest line above with something on it besides a comment.
    private func previous(to line: Line) -> Line? {
        var line = line
        while line.start > start {
            line = self.line(at: line.start - 1)
            if line.indented < line.end, bytes[line.indented] != UInt8(ascii: "#") { return line }
        }
        return nil
    }

    /// How deep a line would stand: two spaces below a line that opens a collection, else as deep as the one above.
    private func expectedIndentation(of line: Line) -> Int {
        guard let above = previous(to: line) else { return 0 }
        let width = bytes[above.start..<above.indented].reduce(0) { $0 + ($1 == 0x09 ? 2 : 1) }
        let last = bytes[above.indented..<above.end].last { $0 != 0x20 && $0 != 0x09 }
        return last == UInt8(ascii: ":") ? width + 2 : width
    }

    /// The 1-based column, in characters.
    private func column(of offset: Int) -> Int {
        bytes[line(at: offset).start..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1
    }

    /// The bytes of a blank of Unicode other than the space: no-break, en, em, thin, narrow, ideographic, zero width.
    private static func oddBlankLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        // Most bytes begin none, and a line may be millions long.
        guard let first = bytes.first, first == 0xC2 || (0xE1...0xE3).contains(first) else { return nil }
        let head = Array(bytes.prefix(3))
        if head.starts(with: [0xC2, 0xA0]) { return 2 }
        guard head.count == 3, head[0] >= 0xE1, head[0] <= 0xE3 else { return nil }
        switch (head[0], head[1], head[2]) {
        case (0xE2, 0x80, 0x80...0x8D), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xE1, 0x9A, 0x80):
            return 3
        default: return nil
        }
    }

    /// `U+A0` with four digits.
    private static func padded(_ name: String) -> String {
        "U+" + String(repeating: "0", count: max(0, 6 - name.utf8.count)) + name.dropFirst(2)
    }

    // MARK: indicators

    /// A text that begins with `*` or `&`, which YAML takes for an alias or an anchor.
    func indicator(_ error: LibYAMLError) -> Diagnostic? {
        let what: String
        switch error.context {
        case "while scanning an alias": what = "an alias"
        case "while scanning an anchor": what = "an anchor"
        default: return nil
        }
        let start = error.contextOffset ?? error.offset
        let stops = Set(" \t\r\n,[]{}".utf8)
        let end = bytes[start...].firstIndex { stops.contains($0) } ?? bytes.count
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        let place = span(start, max(end, start + 1))
        return Diagnostic(
            .yamlSyntax, "`\(text)` begins like \(what) of YAML and is none", at: Label(place),
            help: "quote it where a string is meant, `\"\(text)\"`",
            fixes: [FixIt("quote it", .maybeIncorrect, edits: [TextEdit(place, "\"\(text)\"")])])
    }
}
