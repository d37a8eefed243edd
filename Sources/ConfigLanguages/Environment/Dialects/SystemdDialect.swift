import Diagnostics

/// `EnvironmentFile=` of systemd up to 253: a state machine over bytes (`env-file.c`). Line ends are LF or CR.
struct SystemdDialect: EnvDialectRules {
    private enum State {
        case beforeKey, key, beforeValue, value, valueEscape, singleQuote, doubleQuote, doubleQuoteEscape
        case comment, commentEscape
    }

    private var state = State.beforeKey
    private var keyStart = 0
    private var equals = 0
    private var valueStart: Int?
    private var value: [UInt8] = []
    /// The length of the value without the blanks that have been read last, while they might be trailing ones.
    private var lengthBeforeBlanks: Int?

    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        var reader = SystemdDialect()
        for index in notes.bytes.indices { reader.step(index, &notes) }
        reader.finish(&notes)
    }

    private mutating func step(_ index: Int, _ notes: inout EnvNotes) {
        let byte = notes.bytes[index]
        let isLineEnd = byte == 0x0A || byte == 0x0D
        let isBlank = isLineEnd || byte == 0x20 || byte == 0x09
        switch state {
        case .beforeKey:
            if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
                state = .comment
            } else if !isBlank {
                state = .key
                keyStart = index
            }
        case .key:
            if isLineEnd {
                state = .beforeKey
                notes.ignored(keyStart..<index, because: "it has no \"=\"")
            } else if byte == UInt8(ascii: "=") {
                state = .beforeValue
                equals = index
                (value, valueStart, lengthBeforeBlanks) = ([], nil, nil)
            }
        case .beforeValue:
            if isLineEnd { return push(index, &notes) }
            if isBlank { return }
            valueStart = valueStart ?? index
            switch byte {
            case UInt8(ascii: "'"): state = .singleQuote
            case UInt8(ascii: "\""): state = .doubleQuote
            case UInt8(ascii: "\\"): state = .valueEscape
            default:
                state = .value
                value.append(byte)
            }
        case .value:
            if isLineEnd {
                if let length = lengthBeforeBlanks { value.removeSubrange(length...) }
                return push(index, &notes)
            }
            if byte == UInt8(ascii: "\\") {
                state = .valueEscape
                lengthBeforeBlanks = nil
            } else {
                lengthBeforeBlanks = isBlank ? lengthBeforeBlanks ?? value.count : nil
                value.append(byte)
            }
        case .valueEscape:
            state = .value
            if !isLineEnd { value.append(byte) }
        case .singleQuote:
            if byte == UInt8(ascii: "'") { state = .beforeValue } else { value.append(byte) }
        case .doubleQuote:
            switch byte {
            case UInt8(ascii: "\""): state = .beforeValue
            case UInt8(ascii: "\\"): state = .doubleQuoteEscape
            default: value.append(byte)
            }
        case .doubleQuoteEscape:
            state = .doubleQuote
            if "\"\\`$".utf8.contains(byte) {
                value.append(byte)
            } else if byte != 0x0A {
                value += [UInt8(ascii: "\\"), byte]
            }
        case .comment:
            if byte == UInt8(ascii: "\\") { state = .commentEscape } else if isLineEnd { state = .beforeKey }
        case .commentEscape:
            state = .comment
            if isLineEnd {
                notes.report(
                    .envCommentContinues, .warning,
                    "the backslash at the end of this comment makes systemd before 254 skip the next line",
                    index - 1..<index, help: "take the backslash away")
            }
        }
    }

    private mutating func finish(_ notes: inout EnvNotes) {
        let end = notes.bytes.count
        switch state {
        case .beforeKey, .comment, .commentEscape: return
        case .key: notes.ignored(keyStart..<end, because: "it has no \"=\"")
        case .value:
            if let length = lengthBeforeBlanks { value.removeSubrange(length...) }
            push(end, &notes)
        case .singleQuote, .doubleQuote, .doubleQuoteEscape:
            let start = valueStart ?? end
            notes.report(
                .envQuoteUnterminated, .warning,
                "the quote that opens here is never closed, so the rest of the file became part of the value",
                start..<min(start + 1, end))
            push(end, &notes)
        case .beforeValue, .valueEscape: push(end, &notes)
        }
    }

    private mutating func push(_ end: Int, _ notes: inout EnvNotes) {
        state = .beforeKey
        var keyEnd = equals
        while keyEnd > keyStart, notes.bytes[keyEnd - 1] == 0x20 || notes.bytes[keyEnd - 1] == 0x09 { keyEnd -= 1 }
        let name = keyStart..<keyEnd
        if !EnvName.isValid(notes.bytes[name]) {
            notes.report(
                .envNameInvalid, .warning, "the service manager drops this variable: its name is invalid", name,
                help: "a name matches [A-Za-z_][A-Za-z0-9_]*; there is no export here")
        }
        let spelled = (valueStart ?? end)..<end
        if value.contains(where: { $0 != 0x09 && $0 != 0x0A && ControlCharacter.isOne($0) }) {
            notes.report(
                .envValueDropped, .warning, "the service manager drops this variable: a control character in the value",
                spelled)
        }
        notes.assign(name, value, from: spelled, in: keyStart..<end)
    }
}

// MARK: Writing for it

extension SystemdDialect {
    static func carries(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A }

    static func spelling(of value: [UInt8]) -> [UInt8] {
        PortableEncoding.encode(value)
            ?? value.quoted("\"", escaping: ["\"": "\\\"", "\\": "\\\\", "`": "\\`", "$": "\\$"])
    }

    static func loading(_ file: String, code: (String) -> String) -> String {
        "named by \(code("EnvironmentFile=")) of the unit"
    }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        EnvLoading(
            language: "ini",
            lines: ["# systemctl edit UNIT", "[Service]"] + files.map { "EnvironmentFile=\(folder)/\($0)" })
    }
}
