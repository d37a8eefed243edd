import Diagnostics

/// `set -a; . FILE` under a POSIX shell (XCU 2), as far as a file can be read without running it: assignments,
/// `export`, quotes, and variables that are set in the file or the environment. Whatever the shell would run is an
/// error.
struct ShellDialect: EnvDialectRules {
    /// A word that may be an assignment.
    private struct Word {
        var text: [UInt8] = []
        /// The end of the unquoted name before the first `=`, in the file.
        var equals: Int?
        var start: Int
        var end: Int
    }

    private let bytes: [UInt8]
    private let environment: [String: String]
    private var position = 0

    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        var reader = ShellDialect(bytes: notes.bytes, environment: environment)
        while reader.position < reader.bytes.count {
            guard reader.command(&notes) else { return }
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads one simple command; false when the shell would stop with a syntax error, or what it does is past knowing.
    private mutating func command(_ notes: inout EnvNotes) -> Bool {
        var words: [Word] = []
        let start = position
        while true {
            skipBlanks()
            switch peek {
            case nil, 0x0A:
                position = min(position + 1, bytes.count)
                run(words, &notes)
                return true
            case UInt8(ascii: "#"):
                position = notes.lineEnd(from: position)
            case UInt8(ascii: ";"):
                if words.isEmpty { return stop("a \";\" without a command before it", &notes) }
                position += 1
                run(words, &notes)
                return true
            case UInt8(ascii: "&"):
                if words.isEmpty { return stop("an \"&\" without a command before it", &notes) }
                position += 1
                if peek == UInt8(ascii: "&") { return stop("\"&&\", which only a shell can decide", &notes) }
                notes.report(
                    .envNotStatic, .error, "\"&\" runs this in the background, so nothing is set here",
                    start..<position,
                    help: "put the value in single quotes")
                return true
            case UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
                return stop("an operator of the shell", &notes)
            default:
                guard let word = word(words, &notes) else { return false }
                words.append(word)
            }
        }
    }

    private mutating func run(_ words: [Word], _ notes: inout EnvNotes) {
        guard let first = words.first else { return }
        let isExport = first.equals == nil && first.text == Array("export".utf8)
        let assignments = isExport ? words.dropFirst() : words[...]
        if let odd = assignments.first(where: { $0.equals == nil && !(isExport && EnvName.isValid($0.text)) }) {
            notes.report(
                .envSyntax, .error, "the shell would run this word as a command", odd.start..<odd.end,
                help: "quote values with blanks; names match [A-Za-z_][A-Za-z0-9_]*; no blanks around \"=\"")
            return
        }
        for word in assignments {
            guard let equals = word.equals else { continue }
            let spelled = equals + 1..<word.end
            notes.assign(word.start..<equals, word.text, from: spelled, in: word.start..<word.end)
        }
    }

    private mutating func stop(_ what: String, _ notes: inout EnvNotes) -> Bool {
        notes.report(
            .envNotStatic, .error, "\(what): it would be run", position..<min(position + 1, bytes.count),
            help: "put the value in single quotes")
        return false
    }

    private mutating func skipBlanks() {
        while let byte = peek {
            if byte == 0x20 || byte == 0x09 {
                position += 1
            } else if byte == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == 0x0A {
                position += 2
            } else {
                return
            }
        }
    }

    // MARK: Words

    private mutating func word(_ before: [Word], _ notes: inout EnvNotes) -> Word? {
        var word = Word(start: position, end: position)
        var plain = true
        while let byte = peek, !" \t\n;&|<>()".utf8.contains(byte) {
            switch byte {
            case UInt8(ascii: "'"):
                plain = false
                guard let closing = bytes[(position + 1)...].firstIndex(of: byte) else { return unterminated(&notes) }
                word.text += bytes[position + 1..<closing]
                position = closing + 1
            case UInt8(ascii: "\""):
                plain = false
                guard doubleQuoted(&word.text, before, &notes) else { return nil }
            case UInt8(ascii: "\\"):
                if position + 1 < bytes.count, bytes[position + 1] != 0x0A { word.text.append(bytes[position + 1]) }
                plain = plain && position + 1 < bytes.count && bytes[position + 1] == 0x0A
                position = min(position + 2, bytes.count)
            case UInt8(ascii: "$"), UInt8(ascii: "`"):
                plain = false
                guard expansion(&word.text, before, &notes) else { return nil }
            case UInt8(ascii: "=") where plain && word.equals == nil && EnvName.isValid(word.text):
                word.equals = position
                word.text = []
                position += 1
                if peek == UInt8(ascii: "~") {
                    _ = stop("a tilde, which becomes a home directory", &notes)
                    return nil
                }
            default:
                word.text.append(byte)
                position += 1
            }
        }
        word.end = position
        return word
    }

    private mutating func doubleQuoted(_ text: inout [UInt8], _ before: [Word], _ notes: inout EnvNotes) -> Bool {
        let opening = position
        position += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            switch byte {
            case UInt8(ascii: "\\"):
                let next = position + 1 < bytes.count ? bytes[position + 1] : 0
                if "\"\\`$".utf8.contains(next) {
                    text.append(next)
                    position += 2
                } else if next == 0x0A {
                    position += 2
                } else {
                    text.append(byte)
                    position += 1
                }
            case UInt8(ascii: "$"), UInt8(ascii: "`"):
                guard expansion(&text, before, &notes) else { return false }
            default:
                text.append(byte)
                position += 1
            }
        }
        guard peek != nil else {
            position = opening
            _ = unterminated(&notes)
            return false
        }
        position += 1
        return true
    }

    private mutating func unterminated(_ notes: inout EnvNotes) -> Word? {
        notes.report(
            .envQuoteUnterminated, .error, "the quote that opens here is never closed", position..<position + 1)
        return nil
    }

    // MARK: Expansions

    /// `$NAME`, `${NAME}`, `${NAME:-word}`; a lone `$` is a dollar sign; the rest cannot be known without a shell.
    private mutating func expansion(_ text: inout [UInt8], _ before: [Word], _ notes: inout EnvNotes) -> Bool {
        let next = position + 1 < bytes.count ? bytes[position + 1] : 0
        guard bytes[position] == UInt8(ascii: "$") else { return stop("a command substitution", &notes) }
        if EnvName.isStart(next) {
            let end = bytes[(position + 1)...].firstIndex { !EnvName.isPart($0) } ?? bytes.count
            text += lookUp(position + 1..<end, before, &notes) ?? unset(position + 1..<end, &notes)
            position = end
            return true
        }
        guard next == UInt8(ascii: "{") else {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) || "@*#?-$!('\"".utf8.contains(next) {
                // A dollar sign before the closing quote is itself.
                if next != UInt8(ascii: "\"") { return stop("an expansion that only a shell can make", &notes) }
            }
            text.append(UInt8(ascii: "$"))
            position += 1
            return true
        }
        guard let closing = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
            return stop("an expansion without its closing brace", &notes)
        }
        let name = position + 2..<(bytes[(position + 2)..<closing].firstIndex { !EnvName.isPart($0) } ?? closing)
        var word = name.upperBound
        let countsEmpty = bytes[word] == UInt8(ascii: ":")
        if countsEmpty { word += 1 }
        let isPlain = name.upperBound == closing
        guard EnvName.isValid(bytes[name]), isPlain || bytes[word] == UInt8(ascii: "-"),
            !bytes[word..<closing].contains(where: { "$`'\"\\{ \n".utf8.contains($0) })
        else { return stop("an expansion that only a shell can make", &notes) }
        var value = lookUp(name, before, &notes)
        if !isPlain, value == nil || (countsEmpty && value == []) { value = Array(bytes[word + 1..<closing]) }
        text += value ?? unset(name, &notes)
        position = closing + 1
        return true
    }

    private func lookUp(_ name: Range<Int>, _ before: [Word], _ notes: inout EnvNotes) -> [UInt8]? {
        // Assignments of the same command come before this word.
        let earlier = before.last { word in word.equals.map { bytes[word.start..<$0] == bytes[name] } ?? false }
        if let earlier { return earlier.text }
        let text = notes.text(name)
        return (notes.assigned[text] ?? environment[text]).map { Array($0.utf8) }
    }

    private func unset(_ name: Range<Int>, _ notes: inout EnvNotes) -> [UInt8] {
        notes.report(.envReferenceUnset, .warning, "\(notes.text(name)) is not set, so this becomes empty", name)
        return []
    }
}

// MARK: Writing for it

extension ShellDialect {
    /// The file is a script to shellcheck, in which nothing uses what it sets, and no dollar is to expand.
    static let directives = ["shellcheck shell=sh disable=SC2034,SC2016"]

    static func carries(_ byte: UInt8) -> Bool { byte != 0 }

    static func spelling(of value: [UInt8]) -> [UInt8] {
        PortableEncoding.encode(value) ?? value.quoted("'", escaping: ["'": #"'\''"#])
    }

    static func loading(_ file: String, code: (String) -> String) -> String {
        "read by \(code(command([file])))"
    }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        EnvLoading(language: "sh", lines: [command(files)])
    }

    /// Exports what the files set, in their order.
    static func command(_ files: [String]) -> String {
        "set -a; \(files.map { ". ./\($0); " }.joined())set +a"
    }
}
