/// A word of an instruction, with the quotes, escapes and substitutions of the builder's shell lexer.
struct DockerWord {
    private let line: PlacedBytes
    private(set) var range: Range<Int>
    /// Where the first `=` of it stands, outside quotes.
    private(set) var sign: Int?

    init(_ line: PlacedBytes, from start: Int) {
        self.line = line
        let first = line.bytes[min(start, line.bytes.count)...].firstIndex { !" \t".utf8.contains($0) }
        range = (first ?? line.bytes.count)..<(first ?? line.bytes.count)
    }

    /// The words from an index on.
    static func all(in line: PlacedBytes, from start: Int) -> [DockerWord] {
        var words: [DockerWord] = []
        var index = start
        while true {
            var word = DockerWord(line, from: index)
            guard word.range.lowerBound < line.bytes.count else { return words }
            word.takeWord()
            words.append(word)
            index = word.range.upperBound
        }
    }

    var raw: String { String(decoding: line.bytes[range], as: UTF8.self) }

    mutating func take(until end: Int) { range = min(range.lowerBound, end)..<end }
    mutating func takeAll() { take(until: line.bytes.count) }

    private mutating func takeWord() {
        var index = range.lowerBound
        var quote: UInt8?
        while index < line.bytes.count {
            let byte = line.bytes[index]
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index + 1 < line.bytes.count {
                index += 2
                continue
            }
            if byte == quote {
                quote = nil
            } else if quote == nil {
                if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { quote = byte }
                if byte == UInt8(ascii: "="), sign == nil { sign = index }
                if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { break }
            }
            index += 1
        }
        range = range.lowerBound..<min(index, line.bytes.count)
    }

    /// The value after quotes are taken off and variables are filled in; nil where one of them is not known.
    func expanded(_ known: [String: String?]) -> String? {
        var output: [UInt8] = []
        var index = range.lowerBound
        var quote: UInt8?
        while index < range.upperBound {
            let byte = line.bytes[index]
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index + 1 < range.upperBound {
                let next = line.bytes[index + 1]
                if quote == UInt8(ascii: "\""), !"\"$\\".utf8.contains(next) { output.append(byte) }
                output.append(next)
                index += 1
            } else if byte == UInt8(ascii: "$"), quote != UInt8(ascii: "'") {
                guard let (value, end) = substitution(at: index, known) else { return nil }
                output += value.utf8
                index = end
                continue
            } else {
                output.append(byte)
            }
            index += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}`; nil where its value is not known.
    private func substitution(at start: Int, _ known: [String: String?]) -> (value: String, end: Int)? {
        let bytes = line.bytes
        guard start + 1 < range.upperBound else { return ("$", start + 1) }
        guard bytes[start + 1] == UInt8(ascii: "{") else {
            let end = bytes[(start + 1)..<range.upperBound].firstIndex { !EnvName.isPart($0) } ?? range.upperBound
            guard end > start + 1 else { return ("$", start + 1) }
            return value(of: String(decoding: bytes[start + 1..<end], as: UTF8.self), known).map { ($0, end) }
        }
        guard let close = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let inner = String(decoding: bytes[start + 2..<close], as: UTF8.self)
        let name = String(inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        let rest = inner.dropFirst(name.count)
        if rest.isEmpty { return value(of: name, known).map { ($0, close + 1) } }
        guard let present = self.value(of: name, known) else { return nil }
        let word = String(rest.dropFirst(rest.hasPrefix(":") ? 2 : 1))
        guard !word.contains("$") else { return nil }
        switch rest.drop(while: { $0 == ":" }).first {
        case "-": return (present.isEmpty ? word : present, close + 1)
        case "+": return (present.isEmpty ? "" : word, close + 1)
        default: return nil
        }
    }

    /// A variable that nothing sets is empty.
    private func value(of name: String, _ known: [String: String?]) -> String? {
        guard let entry = known[name] else { return "" }
        return entry
    }
}
