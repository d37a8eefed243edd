import Diagnostics

/// The value of `Environment=` as assignments: words, quotes and C escapes as `extract_first_word` has them, then
/// specifiers.
package struct SystemdAssignments: Sendable {
    package private(set) var assignments: [PlacedAssignment] = []
    package private(set) var problems: [SyntaxProblem] = []

    /// What `%` before these letters stands for depends on the unit and the machine (systemd.unit(5), Specifiers).
    private static let specifiers = Set("aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWY".utf8)

    package init(_ setting: SystemdUnit.Setting) {
        let value = setting.value
        var index = 0
        while index < value.bytes.count {
            guard !" \t\n\r".utf8.contains(value.bytes[index]) else {
                index += 1
                continue
            }
            var word = SystemdWord(value, from: index)
            guard word.read() else {
                // systemd ignores the rest of the line with it.
                problems.append(
                    SyntaxProblem(
                        "a quote that is never closed, or an escape that systemd does not know: it ignores the rest of the line",
                        at: value.span(index..<value.bytes.count)))
                return
            }
            add(word, in: value)
            index = word.end
        }
    }

    private mutating func add(_ word: SystemdWord, in value: PlacedBytes) {
        let span = value.span(word.start..<word.end)
        guard let sign = word.bytes.firstIndex(of: UInt8(ascii: "=")), EnvName.isValid(word.bytes[..<sign]) else {
            problems.append(SyntaxProblem("no assignment, which systemd ignores", at: span))
            return
        }
        let signAt = word.places[sign]
        let valueStart = sign + 1 < word.places.count ? word.places[sign + 1] : word.end
        let name = String(decoding: word.bytes[..<sign], as: UTF8.self)
        assignments.append(
            PlacedAssignment(
                name: name, value: Self.withoutSpecifiers(word.bytes[(sign + 1)...]),
                nameSpan: value.span(signAt - name.utf8.count..<signAt),
                valueSpan: value.span(valueStart..<max(word.end, valueStart))))
    }

    private static func withoutSpecifiers(_ bytes: ArraySlice<UInt8>) -> String? {
        var output: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), index + 1 < bytes.endIndex {
                if specifiers.contains(bytes[index + 1]) { return nil }
                if bytes[index + 1] == UInt8(ascii: "%") { index += 1 }
            }
            output.append(bytes[index])
            index += 1
        }
        return String(decoding: output, as: UTF8.self)
    }
}

/// One word of a setting (`EXTRACT_UNQUOTE | EXTRACT_CUNESCAPE`).
private struct SystemdWord {
    let start: Int
    private(set) var end: Int
    private(set) var bytes: [UInt8] = []
    /// Where each of ``bytes`` comes from, in the setting's value.
    private(set) var places: [Int] = []
    private let source: [UInt8]

    init(_ value: PlacedBytes, from start: Int) {
        source = value.bytes
        self.start = start
        end = start
    }

    /// False where systemd refuses the word.
    mutating func read() -> Bool {
        var quote: UInt8?
        while end < source.count {
            let byte = source[end]
            if byte == UInt8(ascii: "\\") {
                guard escape() else { return false }
                continue
            }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if quote == nil, " \t\n\r".utf8.contains(byte) {
                break
            } else {
                append([byte])
            }
            end += 1
        }
        return quote == nil
    }

    private mutating func append(_ decoded: [UInt8]) {
        bytes += decoded
        places += [Int](repeating: end, count: decoded.count)
    }

    private static let plain: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
        UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "'"): UInt8(ascii: "'"),
        UInt8(ascii: "s"): UInt8(ascii: " "),
    ]

    /// `cunescape_one`; NUL is none that it makes.
    private mutating func escape() -> Bool {
        guard end + 1 < source.count else { return false }
        let letter = source[end + 1]
        if let byte = Self.plain[letter] {
            append([byte])
            end += 2
            return true
        }
        let (digits, radix, skip): (Int, Int, Int) =
            switch letter {
            case UInt8(ascii: "x"): (2, 16, 2)
            case UInt8(ascii: "u"): (4, 16, 2)
            case UInt8(ascii: "U"): (8, 16, 2)
            case UInt8(ascii: "0")...UInt8(ascii: "7"): (3, 8, 1)
            default: (0, 0, 0)
            }
        guard digits > 0, end + skip + digits <= source.count else { return false }
        let text = String(decoding: source[end + skip..<end + skip + digits], as: UTF8.self)
        guard !text.hasPrefix("+"), !text.hasPrefix("-"), let number = UInt32(text, radix: radix), number > 0 else {
            return false
        }
        if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") {
            guard let scalar = Unicode.Scalar(number) else { return false }
            append(Array(String(scalar).utf8))
        } else {
            guard number < 256 else { return false }
            append([UInt8(number)])
        }
        end += skip + digits
        return true
    }
}
