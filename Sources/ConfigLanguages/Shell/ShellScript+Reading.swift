package import Diagnostics

extension ShellScript {
    /// Reads the part of the shell's language that the printer writes. Everything else is an error at its place, so a
    /// script that this reads runs nothing but the calls it shows.
    package static func read(_ bytes: [UInt8], file: FileID) -> (script: ShellScript, diagnostics: [Diagnostic]) {
        var reader = ShellScriptReader(bytes: bytes, file: file)
        while reader.position < bytes.count, reader.line() {}
        return (ShellScript(items: reader.items), reader.diagnostics)
    }
}

private struct ShellScriptReader {
    let bytes: [UInt8]
    let file: FileID
    private(set) var position = 0
    private(set) var items: [ShellScript.Item] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(bytes: [UInt8], file: FileID) {
        self.bytes = bytes
        self.file = file
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads one line; false where it cannot go on.
    mutating func line() -> Bool {
        switch peek {
        case nil: return false
        case UInt8(ascii: "\n"): items.append(.blank)
        case UInt8(ascii: "#"):
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var start = position + 1
            if start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
            items.append(.comment(String(decoding: bytes[start..<end], as: UTF8.self)))
            position = end
        default:
            guard let item = assignment() ?? call() else { return refuse() }
            items.append(item)
        }
        guard peek == nil || peek == UInt8(ascii: "\n") else { return refuse() }
        position += 1
        return true
    }

    private mutating func refuse() -> Bool {
        let place = Label(Span(file, position, min(position + 1, bytes.count)))
        let message =
            "this is none of the shell that connectorgen writes: comments, NAME='value', and calls with quoted words"
        diagnostics.append(Diagnostic(.shellSyntax, .error, message, at: place))
        return false
    }

    private mutating func assignment() -> ShellScript.Item? {
        let start = position
        let end = bytes[start...].firstIndex { !EnvName.isPart($0) } ?? bytes.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "="), EnvName.isValid(bytes[start..<end]) else {
            return nil
        }
        position = end + 1
        guard let value = quoted() else {
            position = start
            return nil
        }
        return .assignment(name: String(decoding: bytes[start..<end], as: UTF8.self), value: value)
    }

    private mutating func call() -> ShellScript.Item? {
        var words: [ShellScript.Word] = []
        while let word = word() {
            words.append(word)
            guard peek == UInt8(ascii: " ") else { return .call(words) }
            position += 1
        }
        return nil
    }

    private mutating func word() -> ShellScript.Word? {
        if peek == UInt8(ascii: "'") { return quoted().map { .value($0) } }
        if bytes[position...].starts(with: "\"$".utf8) {
            let end = bytes[(position + 2)...].firstIndex { !EnvName.isPart($0) } ?? bytes.count
            let name = bytes[position + 2..<end]
            guard end < bytes.count, bytes[end] == UInt8(ascii: "\""), EnvName.isValid(name) else { return nil }
            position = end + 1
            return .variable(String(decoding: name, as: UTF8.self))
        }
        let end = bytes[position...].firstIndex { !EnvName.isPart($0) && $0 != UInt8(ascii: "-") } ?? bytes.count
        guard ShellScript.Word.isName(bytes[position..<end]) else { return nil }
        defer { position = end }
        return .name(String(decoding: bytes[position..<end], as: UTF8.self))
    }

    /// `'…'`, with `'\''` for a quote.
    private mutating func quoted() -> String? {
        guard peek == UInt8(ascii: "'") else { return nil }
        var value: [UInt8] = []
        var index = position + 1
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "'") {
                value.append(bytes[index])
                index += 1
            } else if bytes[index...].starts(with: #"'\''"#.utf8) {
                value.append(UInt8(ascii: "'"))
                index += 4
            } else {
                position = index + 1
                return String(decoding: value, as: UTF8.self)
            }
        }
        return nil
    }
}
