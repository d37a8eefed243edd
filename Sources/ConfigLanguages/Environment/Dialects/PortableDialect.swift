import Diagnostics

/// The lines that all readers take alike, and nothing else: comments, empty lines, and `NAME=` with a bare word or
/// one whole quoted value. Everything else is an error, since two readers would disagree about it.
struct PortableDialect: EnvDialectRules {
    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        var start = 0
        while start < notes.bytes.count {
            let end = notes.lineEnd(from: start)
            switch notes.bytes[start] {
            case UInt8(ascii: "\n"): start = end + 1
            case UInt8(ascii: "#"):
                if notes.bytes[end - 1] == UInt8(ascii: "\\") {
                    refuse("a comment that ends in a backslash", end - 1..<end, &notes)
                }
                start = end + 1
            default: start = assignment(start, &notes)
            }
        }
    }

    /// Reads one assignment and returns the start of the line behind it.
    private static func assignment(_ start: Int, _ notes: inout EnvNotes) -> Int {
        let line = start..<notes.lineEnd(from: start)
        let name = start..<(notes.bytes[line].firstIndex { !EnvName.isPart($0) } ?? line.upperBound)
        guard name.upperBound < line.upperBound, notes.bytes[name.upperBound] == UInt8(ascii: "="),
            EnvName.isValid(notes.bytes[name])
        else {
            refuse("a line that is no NAME=value", line, &notes)
            return line.upperBound + 1
        }
        let valueStart = name.upperBound + 1
        let quote = valueStart < line.upperBound ? notes.bytes[valueStart] : 0
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            let value = valueStart..<line.upperBound
            if let odd = value.first(where: { !PortableEncoding.isBareSafe(notes.bytes[$0]) }) {
                refuse("this character without quotes", odd..<odd + 1, &notes)
            }
            notes.assign(name, Array(notes.bytes[value]), from: value, in: line)
            return line.upperBound + 1
        }
        guard let closing = notes.bytes[(valueStart + 1)...].firstIndex(of: quote) else {
            notes.report(
                .envQuoteUnterminated, .error, "the quote that opens here is never closed", valueStart..<valueStart + 1)
            return notes.bytes.count
        }
        let value = Array(notes.bytes[valueStart + 1..<closing])
        if PortableEncoding.encode(value) == nil {
            refuse("this value, which readers decode differently", valueStart..<closing + 1, &notes)
        }
        let end = notes.lineEnd(from: closing)
        if end > closing + 1 { refuse("text behind the closing quote", closing + 1..<end, &notes) }
        notes.assign(name, value, from: valueStart..<closing + 1, in: start..<closing + 1)
        return end + 1
    }

    private static func refuse(_ what: String, _ range: Range<Int>, _ notes: inout EnvNotes) {
        notes.report(.envSyntax, .error, "a portable env file cannot have \(what)", range)
    }
}

// MARK: Writing for it

extension PortableDialect {
    static func carries(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A }

    static func spelling(of value: [UInt8]) throws(EnvObstacle) -> [UInt8] {
        try PortableEncoding.checkExpansion(in: value)
        guard let portable = PortableEncoding.encode(value) else {
            throw EnvObstacle(PortableEncoding.obstacle(in: value))
        }
        return portable
    }

    static func loading(_ file: String, code: (String) -> String) -> String {
        "where any of the readers takes it"
    }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        ShellDialect.loading(files, in: folder)
    }
}
