import Diagnostics

/// `node --env-file` of Node 20 (`node_dotenv.cc`). Carriage returns are dropped first; blanks are spaces, never tabs;
/// a name is everything up to the next `=`, on whatever line that stands.
struct NodeDialect: EnvDialectRules {
    static let lineEnds = EnvNotes.LineEnds.withoutReturns

    private let bytes: [UInt8]
    private var position = 0

    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        var reader = NodeDialect(bytes: notes.bytes)
        reader.skipSpaces()
        while let first = reader.peek {
            // A comment without a line feed behind it is no comment to Node.
            if first == 0x0A || first == UInt8(ascii: "#") && reader.lineEnd < reader.bytes.count {
                reader.position = reader.lineEnd + 1
            } else if !reader.assignment(&notes) {
                return
            }
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    private var lineEnd: Int { bytes[position...].firstIndex(of: 0x0A) ?? bytes.count }

    private mutating func skipSpaces() {
        while peek == 0x20 { position += 1 }
    }

    /// Reads one assignment; false when Node stops reading the file.
    private mutating func assignment(_ notes: inout EnvNotes) -> Bool {
        let start = position
        guard let equals = bytes[position...].firstIndex(of: UInt8(ascii: "=")) else {
            notes.ignored(start..<lineEnd, because: "no \"=\" follows in the file")
            return false
        }
        var name = trimmed(start..<equals)
        // Where a name is spaces alone, Node trims past their start and takes the byte before them.
        if name.isEmpty, start < equals, start > 0 { name = start - 1..<start }
        guard !name.isEmpty else {
            notes.report(
                .envSyntax, .error, "there is no name before \"=\", so node ignores the rest of the file",
                equals..<equals + 1)
            return false
        }
        if bytes[name].starts(with: "export ".utf8) { name = name.lowerBound + 7..<name.upperBound }
        if bytes[name].contains(0x0A) {
            notes.report(
                .envNameInvalid, .warning, "a line without \"=\" became part of the next variable's name", name,
                help: "node reads a name up to the next \"=\", over line ends")
        }
        position = equals + 1
        skipSpaces()
        if let quote = peek, "'\"`".utf8.contains(quote) { return quoted(quote, name, start, &notes) }
        let line = position..<lineEnd
        let value = trimmed(line.lowerBound..<(bytes[line].firstIndex(of: UInt8(ascii: "#")) ?? line.upperBound))
        position = line.upperBound
        assign(name, value, Array(bytes[value]), start, &notes)
        return true
    }

    /// The next same quote closes, whatever stands before it; what follows on that line is dropped.
    private mutating func quoted(
        _ quote: UInt8, _ name: Range<Int>, _ start: Int, _ notes: inout EnvNotes
    ) -> Bool {
        let opening = position
        guard let closing = bytes[(opening + 1)...].firstIndex(of: quote) else {
            notes.report(
                .envQuoteUnterminated, .warning,
                "the quote that opens here is never closed, so it is part of the value", opening..<opening + 1)
            let value = opening..<lineEnd
            // On the last line nothing is set, and the text behind `=` is read as a line of its own.
            guard value.upperBound < bytes.count else { return true }
            position = value.upperBound
            assign(name, value, Array(bytes[value]), start, &notes)
            return true
        }
        var decoded = Array(bytes[opening + 1..<closing])
        if quote == UInt8(ascii: "\"") { decoded = Self.decodingLineFeeds(decoded) }
        position = closing + 1
        let rest = trimmed(position..<lineEnd)
        if let first = rest.first, bytes[first] != UInt8(ascii: "#") {
            notes.report(.envTextAfterQuote, .warning, "node drops what stands behind the closing quote", rest)
        }
        position = lineEnd
        assign(name, opening..<closing + 1, decoded, start, &notes)
        return true
    }

    private func assign(
        _ name: Range<Int>, _ spelled: Range<Int>, _ value: [UInt8], _ start: Int, _ notes: inout EnvNotes
    ) {
        notes.assign(
            name, value, from: spelled, in: start..<max(spelled.upperBound, name.upperBound))
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first(where: { bytes[$0] != 0x20 }), let last = range.last(where: { bytes[$0] != 0x20 })
        else {
            return range.lowerBound..<range.lowerBound
        }
        return first..<last + 1
    }

    private static func decodingLineFeeds(_ value: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        for byte in value {
            if byte == UInt8(ascii: "n"), output.last == UInt8(ascii: "\\") {
                output[output.count - 1] = 0x0A
            } else {
                output.append(byte)
            }
        }
        return output
    }
}

// MARK: Writing for it

extension NodeDialect {
    static func carries(_ byte: UInt8) -> Bool { byte != 0 && byte != 0x0D }

    static func spelling(of value: [UInt8]) throws(EnvObstacle) -> [UInt8] {
        if let portable = PortableEncoding.encode(value) { return portable }
        return try value.quotedWithoutEscapes(decoded: ["\\n"])
    }

    static func loading(_ file: String, code: (String) -> String) -> String {
        "given to \(code("node --env-file="))"
    }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        EnvLoading(language: "sh", lines: ["node \(files.map { "--env-file=\($0) " }.joined())SCRIPT"])
    }
}
