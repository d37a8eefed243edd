import Diagnostics

/// Compose's `env_file:` (compose-go): assignments with `=` or `:`, names that inherit, variables filled in.
struct ComposeDialect: EnvDialectRules {
    private let bytes: [UInt8]
    private let environment: [String: String]
    private var position: Int

    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        let start = notes.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var reader = ComposeDialect(bytes: notes.bytes, environment: environment, position: start)
        while reader.findStatement() {
            guard reader.statement(&notes) else { return }
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func findStatement() -> Bool {
        position = UnicodeBlank.go.skip(in: bytes, from: position)
        while peek == UInt8(ascii: "#") {
            position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            position = UnicodeBlank.go.skip(in: bytes, from: position)
        }
        return position < bytes.count
    }

    /// Reads one statement; false when Compose refuses the file.
    private mutating func statement(_ notes: inout EnvNotes) -> Bool {
        let start = position
        skipExport()
        let nameStart = position
        var end = position
        while end < bytes.count, !"=:\n".utf8.contains(bytes[end]) {
            if !Self.isNamePart(bytes[end]) && !isBlank(end) {
                return refuse("this character in a variable's name", end..<end + 1, &notes)
            }
            end += 1
        }
        let name = nameStart..<UnicodeBlank.go.trimmedEnd(in: bytes, nameStart..<end)
        if name.isEmpty { return refuse("a line without a name", start..<end, &notes) }
        if bytes[name].contains(0x20) { return refuse("a blank in a variable's name", name, &notes) }
        guard end < bytes.count, bytes[end] != 0x0A else {
            position = end
            notes.nameOnly(name, inherited: environment[notes.text(name)])
            return true
        }
        position = end + 1
        while isBlank(position) { position += UnicodeBlank.go.length(in: bytes, at: position) }
        if let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            return quoted(quote, name, start, &notes)
        }
        var line = position..<notes.lineEnd(from: position)
        position = line.upperBound
        if let comment = line.dropLast().first(where: { bytes[$0] == 0x20 && bytes[$0 + 1] == UInt8(ascii: "#") }) {
            line = line.lowerBound..<comment
        }
        let value = line.lowerBound..<UnicodeBlank.go.trimmedEnd(in: bytes, line)
        return assign(name, Array(bytes[value]), value, fillIn: true, start, &notes)
    }

    private mutating func skipExport() {
        let word = Array("export".utf8)
        guard bytes[position...].starts(with: word), isBlank(position + word.count) else { return }
        position += word.count
        while isBlank(position) { position += UnicodeBlank.go.length(in: bytes, at: position) }
    }

    private mutating func quoted(_ quote: UInt8, _ name: Range<Int>, _ start: Int, _ notes: inout EnvNotes) -> Bool {
        let opening = position
        var value: [UInt8] = []
        var index = opening + 1
        while index < bytes.count, bytes[index] != quote {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                if bytes[index + 1] != quote { value.append(bytes[index]) }
                value.append(bytes[index + 1])
                index += 2
            } else {
                value.append(bytes[index])
                index += 1
            }
        }
        guard index < bytes.count else {
            notes.report(
                .envQuoteUnterminated, .error, "the quote that opens here is never closed, so Compose refuses the file",
                opening..<opening + 1)
            return false
        }
        position = index + 1
        dropTextBehindQuote(&notes)
        let isDouble = quote == UInt8(ascii: "\"")
        return assign(
            name, isDouble ? ComposeEscapes.decode(value) : value, opening..<index + 1, fillIn: isDouble, start, &notes)
    }

    private mutating func dropTextBehindQuote(_ notes: inout EnvNotes) {
        let rest = UnicodeBlank.go.skip(in: bytes, from: position, before: notes.lineEnd(from: position))
        let end = notes.lineEnd(from: position)
        guard rest < end, bytes[rest] != UInt8(ascii: "#") else { return }
        notes.report(.envTextAfterQuote, .warning, "text behind a closing quote is no part of the value", rest..<end)
        position = end
    }

    private func assign(
        _ name: Range<Int>, _ value: [UInt8], _ spelled: Range<Int>, fillIn: Bool, _ start: Int,
        _ notes: inout EnvNotes
    ) -> Bool {
        var value = value
        if fillIn, value.contains(UInt8(ascii: "$")) {
            var interpolation = ComposeInterpolation(environment: environment, assigned: notes.assigned)
            value = interpolation.fillIn(value)
            for problem in interpolation.problems {
                notes.report(
                    problem.isError ? .envSyntax : .envReferenceUnset, problem.isError ? .error : .warning,
                    problem.message, spelled)
            }
        }
        notes.assign(name, value, from: spelled, in: start..<spelled.upperBound)
        return true
    }

    private func refuse(_ what: String, _ range: Range<Int>, _ notes: inout EnvNotes) -> Bool {
        notes.report(.envSyntax, .error, "Compose refuses the file: \(what)", range)
        return false
    }

    /// Letters beyond ASCII are letters to Go.
    private static func isNamePart(_ byte: UInt8) -> Bool {
        EnvName.isPart(byte) || ".-[]".utf8.contains(byte) || byte >= 0x80
    }

    private func isBlank(_ index: Int) -> Bool {
        guard index < bytes.count, bytes[index] != 0x0A else { return false }
        return bytes[index] <= 0x20 && UnicodeBlank.go.length(in: bytes, at: index) == 1
            || index + 1 < bytes.count && bytes[index] == 0xC2 && (bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0)
    }
}

/// The escapes between double quotes, decoded before variables are filled in.
enum ComposeEscapes {
    private static let plain: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C,
        UInt8(ascii: "\""): 0x22,
    ]

    /// `\$` becomes `$$`, which the interpolation makes a `$`.
    static func decode(_ value: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < value.count {
            let next = index + 1 < value.count ? value[index + 1] : 0
            if value[index] == UInt8(ascii: "\\"), let replacement = plain[next] {
                output.append(replacement)
                index += 2
            } else if value[index] == UInt8(ascii: "\\"), next == UInt8(ascii: "$") {
                output += "$$".utf8
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

extension ComposeDialect {
    static func carries(_ byte: UInt8) -> Bool { byte != 0 && byte != 0x0D }

    static func spelling(of value: [UInt8]) -> [UInt8] {
        if let portable = PortableEncoding.encode(value) { return portable }
        return value.contains(UInt8(ascii: "\\"))
            ? value.quoted("\"", escaping: ["\"": "\\\"", "\\": "\\\\", "$": "\\$"])
            : value.quoted("'", escaping: ["'": "\\'"])
    }

    static func loading(_ file: String, code: (String) -> String) -> String {
        "named by \(code("env_file:")) of the service"
    }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        EnvLoading(language: "yaml", lines: ["env_file:"] + files.map { "  - \($0)" })
    }
}
