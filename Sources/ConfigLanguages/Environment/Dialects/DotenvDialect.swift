import Diagnostics

/// dotenv 17 for JavaScript: one regular expression, tried at the start of each line; what does not match is skipped.
///
///     ^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)('…'|"…"|`…`|[^#\r\n]+)?\s*(?:#.*)?$
///
/// `\s` runs over line ends, so a name on one line can find its `=` on the next; that is how dotenv reads it, too.
struct DotenvDialect: EnvDialectRules {
    /// The part of the file that one match takes.
    private struct Match {
        let name: Range<Int>
        let value: Range<Int>
        let end: Int
    }

    /// dotenv makes every line end an LF before it reads.
    static let lineEnds = EnvNotes.LineEnds.universal

    private let bytes: [UInt8]
    private static let blank = UnicodeBlank.javaScript

    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        let reader = DotenvDialect(bytes: notes.bytes)
        var start = 0
        while start < reader.bytes.count {
            if let match = reader.match(at: start) {
                let range = match.name.lowerBound..<max(match.value.upperBound, match.name.upperBound)
                notes.assign(match.name, reader.decoded(match.value), from: match.value, in: range)
                start = reader.nextLine(from: match.end)
            } else {
                reader.noteSkipped(start, &notes)
                start = reader.nextLine(from: start)
            }
        }
    }

    private func noteSkipped(_ start: Int, _ notes: inout EnvNotes) {
        let end = lineEnd(from: start)
        let first = Self.blank.skip(in: bytes, from: start, before: end)
        guard first < end, bytes[first] != UInt8(ascii: "#") else { return }
        notes.ignored(first..<end, because: "dotenv finds no NAME=value in it")
    }

    // MARK: The expression

    private func match(at start: Int) -> Match? {
        let first = Self.blank.skip(in: bytes, from: start)
        let word = Array("export".utf8)
        if bytes[first...].starts(with: word),
            case let name = Self.blank.skip(in: bytes, from: first + word.count), name > first + word.count,
            let match = match(name: name)
        {
            return match
        }
        return match(name: first)
    }

    private func match(name start: Int) -> Match? {
        let name = start..<(bytes[start...].firstIndex { !Self.isNamePart($0) } ?? bytes.count)
        guard !name.isEmpty else { return nil }
        let equals = Self.blank.skip(in: bytes, from: name.upperBound)
        if equals < bytes.count, bytes[equals] == UInt8(ascii: "=") { return match(name: name, value: equals + 1) }
        guard name.upperBound < bytes.count, bytes[name.upperBound] == UInt8(ascii: ":"),
            case let step = Self.blank.length(in: bytes, at: name.upperBound + 1), step > 0
        else { return nil }
        return match(name: name, value: name.upperBound + 1 + step)
    }

    private func match(name: Range<Int>, value start: Int) -> Match? {
        let first = Self.blank.skip(in: bytes, from: start)
        if first < bytes.count, "'\"`".utf8.contains(bytes[first]), let end = quotedEnd(first) {
            return tail(end).map { Match(name: name, value: first..<end, end: $0) }
        }
        let bare = start..<(bytes[start...].firstIndex { $0 == UInt8(ascii: "#") || isLineEnd($0) } ?? bytes.count)
        return Match(name: name, value: bare, end: tail(bare.upperBound) ?? bare.upperBound)
    }

    /// The end of a quoted value: behind the first quote without a backslash before it, or, where that does not end
    /// the line, behind the last one with a backslash that does.
    private func quotedEnd(_ start: Int) -> Int? {
        let quote = bytes[start]
        var candidates: [Int] = []
        for index in bytes.indices[(start + 1)...] where bytes[index] == quote {
            candidates.append(index + 1)
            if index == start + 1 || bytes[index - 1] != UInt8(ascii: "\\") { break }
        }
        return candidates.last { tail($0) != nil }
    }

    /// `\s*(?:#.*)?$`: where a match that has come to `start` can end, or nil.
    private func tail(_ start: Int) -> Int? {
        let next = Self.blank.skip(in: bytes, from: start)
        if next == bytes.count { return next }
        if bytes[next] == UInt8(ascii: "#") { return lineEnd(from: next) }
        return (start..<next).last { isLineEnd(bytes[$0]) || bytes.hasLineSeparator(at: $0) }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        EnvName.isPart(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A }

    private func lineEnd(from index: Int) -> Int {
        bytes.indices[index...].first { isLineEnd(bytes[$0]) || bytes.hasLineSeparator(at: $0) } ?? bytes.count
    }

    private func nextLine(from index: Int) -> Int {
        let end = lineEnd(from: index)
        guard end < bytes.count else { return end }
        return end + (isLineEnd(bytes[end]) ? 1 : 3)
    }

    // MARK: The value

    /// Trims, takes the quotes off, and decodes `\n` and `\r` where the value began with a double quote.
    private func decoded(_ range: Range<Int>) -> [UInt8] {
        let start = Self.blank.skip(in: bytes, from: range.lowerBound, before: range.upperBound)
        let end = Self.blank.trimmedEnd(in: bytes, start..<range.upperBound)
        var value = Array(bytes[start..<end])
        let isDouble = value.first == UInt8(ascii: "\"")
        value = Self.withoutQuotes(value)
        return isDouble ? Self.decodingLineEnds(value) : value
    }

    /// `replace(/^(['"`])([\s\S]*)\1$/mg, "$2")`
    private static func withoutQuotes(_ value: [UInt8]) -> [UInt8] {
        guard let quote = value.first, "'\"`".utf8.contains(quote) else { return value }
        let closing = value.indices.dropFirst().last {
            value[$0] == quote
                && ($0 + 1 == value.count || value[$0 + 1] == 0x0A || value.hasLineSeparator(at: $0 + 1))
        }
        guard let closing else { return value }
        return Array(value[1..<closing] + value[(closing + 1)...])
    }

    private static func decodingLineEnds(_ value: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < value.count {
            let next = index + 1 < value.count ? value[index + 1] : 0
            if value[index] == UInt8(ascii: "\\"), next == UInt8(ascii: "n") || next == UInt8(ascii: "r") {
                output.append(next == UInt8(ascii: "n") ? 0x0A : 0x0D)
                index += 2
            } else {
                output.append(value[index])
                index += 1
            }
        }
        return output
    }
}

// MARK: Writing for it

extension DotenvDialect {
    static func carries(_ byte: UInt8) -> Bool { byte != 0 && byte != 0x0D }

    static func spelling(of value: [UInt8]) throws(EnvObstacle) -> [UInt8] {
        if let portable = PortableEncoding.encode(value) { return portable }
        if value.last == UInt8(ascii: "\\") { throw EnvObstacle("a backslash at the end") }
        return try value.quotedWithoutEscapes(decoded: ["\\n", "\\r"])
    }

    static func loading(_ file: String, code: (String) -> String) -> String { "where the program's dotenv looks" }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        let names = files.map { "\"\($0)\"" }.joined(separator: ", ")
        return EnvLoading(language: "js", lines: ["require(\"dotenv\").config({ path: [\(names)] });"])
    }
}
