import Diagnostics

/// python-dotenv 1.2 as it reads a file: lines end at LF, CR or CR LF, white space is Python's, and `${NAME}` is
/// filled in everywhere, between single quotes too.
struct PythonDotenvDialect: EnvDialectRules {
    static let lineEnds = EnvNotes.LineEnds.universal

    private let bytes: [UInt8]
    private var position: Int
    private static let blank = UnicodeBlank.python

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        var reader = PythonDotenvDialect(notes.bytes)
        while reader.position < reader.bytes.count { reader.binding(&notes, environment) }
    }

    private mutating func binding(_ notes: inout EnvNotes, _ environment: [String: String]) {
        position = Self.blank.skip(in: bytes, from: position)
        guard position < bytes.count else { return }
        let start = position
        skipExport()
        if peek == UInt8(ascii: "#") {
            position = lineEnd(from: position)
            return
        }
        guard let name = key() else { return reject(start, &notes, "there is no name") }
        skipBlanks()
        var value: (decoded: [UInt8], spelled: Range<Int>)?
        if peek == UInt8(ascii: "=") {
            position += 1
            let valueStart = position
            skipBlanks()
            if peek == UInt8(ascii: "#"), position > valueStart {
                value = ([], position..<position)
            } else if let found = self.value() {
                value = found
            } else {
                notes.report(
                    .envQuoteUnterminated, .error,
                    "the quote that opens here is never closed, so python-dotenv ignores the line",
                    position..<position + 1)
                position = lineEnd(from: start)
                return
            }
        }
        let end = position
        skipBlanks()
        if peek == UInt8(ascii: "#") { position = lineEnd(from: position) }
        guard isAtLineEnd else { return reject(start, &notes, "text stands behind the closing quote") }
        if let value {
            let decoded = Self.fillIn(value.decoded, notes.assigned, environment)
            notes.assign(name, decoded, from: value.spelled, in: start..<end)
        } else {
            notes.nameOnly(name)
        }
    }

    private mutating func reject(_ start: Int, _ notes: inout EnvNotes, _ reason: String) {
        position = lineEnd(from: max(start, position))
        notes.ignored(start..<max(start, position), because: reason)
    }

    // MARK: Parts of a line

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    private var isAtLineEnd: Bool { peek == nil || peek == 0x0A }

    private func lineEnd(from index: Int) -> Int {
        bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
    }

    private mutating func skipBlanks() {
        while !isAtLineEnd, case let step = Self.blank.length(in: bytes, at: position), step > 0 { position += step }
    }

    private mutating func skipExport() {
        let word = Array("export".utf8)
        guard bytes[position...].starts(with: word) else { return }
        let start = position
        position += word.count
        let end = position
        skipBlanks()
        if position == end { position = start }
    }

    private mutating func key() -> Range<Int>? {
        if peek == UInt8(ascii: "'") {
            guard let closing = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "'")), closing > position + 1
            else { return nil }
            defer { position = closing + 1 }
            return position + 1..<closing
        }
        let start = position
        while let byte = peek, byte != UInt8(ascii: "="), byte != UInt8(ascii: "#"),
            Self.blank.length(in: bytes, at: position) == 0
        {
            position += 1
        }
        return start == position ? nil : start..<position
    }

    private mutating func value() -> (decoded: [UInt8], spelled: Range<Int>)? {
        if let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") { return quoted(quote) }
        let line = position..<lineEnd(from: position)
        var end = line.upperBound
        var index = line.lowerBound
        while index < line.upperBound {
            let next = Self.blank.skip(in: bytes, from: index, before: line.upperBound)
            if next > index, next < line.upperBound, bytes[next] == UInt8(ascii: "#") {
                end = index
                break
            }
            index = max(next, index + 1)
        }
        end = Self.blank.trimmedEnd(in: bytes, line.lowerBound..<end)
        position = line.upperBound
        return (Array(bytes[line.lowerBound..<end]), line.lowerBound..<end)
    }

    /// A backslash takes the byte after it along; then `\\` and `\'` are decoded, in double quotes more.
    private mutating func quoted(_ quote: UInt8) -> (decoded: [UInt8], spelled: Range<Int>)? {
        let start = position
        var decoded: [UInt8] = []
        var index = start + 1
        while index < bytes.count, bytes[index] != quote {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                let next = bytes[index + 1]
                if let replacement = Self.unescaped(next, in: quote) {
                    decoded.append(replacement)
                } else {
                    decoded += [UInt8(ascii: "\\"), next]
                }
                index += 2
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        guard index < bytes.count else { return nil }
        position = index + 1
        return (decoded, start..<position)
    }

    private static func unescaped(_ byte: UInt8, in quote: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"): byte
        case _ where quote == UInt8(ascii: "'"): nil
        case UInt8(ascii: "\""): byte
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        default: nil
        }
    }

    // MARK: Variables

    /// `${NAME}` and `${NAME:-default}`; the file's own values win over the environment's, unset is empty.
    private static func fillIn(
        _ value: [UInt8], _ assigned: [String: String], _ environment: [String: String]
    ) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < value.count {
            guard value[index...].starts(with: "${".utf8),
                let stop = value[(index + 2)...].firstIndex(where: {
                    $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: ":")
                })
            else {
                output.append(value[index])
                index += 1
                continue
            }
            let name = String(decoding: value[index + 2..<stop], as: UTF8.self)
            let isPlain = value[stop] == UInt8(ascii: "}")
            let closing = isPlain ? stop : value[stop...].firstIndex(of: UInt8(ascii: "}"))
            guard let closing, isPlain || value[stop...].starts(with: ":-".utf8) else {
                output.append(value[index])
                index += 1
                continue
            }
            if let known = assigned[name] ?? environment[name] {
                output += known.utf8
            } else if !isPlain {
                output += value[stop + 2..<closing]
            }
            index = closing + 1
        }
        return output
    }
}

// MARK: Writing for it

extension PythonDotenvDialect {
    static func carries(_ byte: UInt8) -> Bool { byte != 0 && byte != 0x0D }

    static func spelling(of value: [UInt8]) throws(EnvObstacle) -> [UInt8] {
        try PortableEncoding.checkExpansion(in: value)
        return PortableEncoding.encode(value) ?? value.quoted("'", escaping: ["\\": "\\\\", "'": "\\'"])
    }

    static func loading(_ file: String, code: (String) -> String) -> String { "where the program's dotenv looks" }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        EnvLoading(language: "python", lines: files.map { "load_dotenv(\"\($0)\")" })
    }
}
