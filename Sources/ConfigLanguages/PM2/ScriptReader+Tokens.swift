// Bytes, words, comments, and what is passed over unread.
extension ScriptReader {
    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: sign) else { return false }
        index += 1
        return true
    }

    func isAhead(_ text: String) -> Bool { bytes[min(index, bytes.count)...].starts(with: text.utf8) }

    static func isWordPart(_ byte: UInt8) -> Bool {
        EnvName.isPart(byte) || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    /// An identifier or a keyword; empty where none begins.
    mutating func word() -> String {
        let start = index
        while let byte = peek, Self.isWordPart(byte) { index += 1 }
        return text(start..<index)
    }

    /// Passes over white space and comments; true where a line ended among them.
    @discardableResult mutating func skipBlanks() -> Bool {
        var isNewLine = false
        while let byte = peek {
            if byte == 0x0A { isNewLine = true }
            if byte <= 0x20 {
                index += 1
            } else if isAhead("//") || (index == 0 && isAhead("#!")) {
                index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
            } else if isAhead("/*") {
                index += 2
                while index < bytes.count, !isAhead("*/") { index += 1 }
                index = min(index + 2, bytes.count)
            } else {
                break
            }
        }
        return isNewLine
    }

    /// Passes over a text in quotes; a template with all its parts.
    mutating func skipString() {
        guard let quote = peek else { return }
        index += 1
        while let byte = peek, byte != quote {
            if byte == UInt8(ascii: "\\") {
                index += 2
            } else if quote == UInt8(ascii: "`"), isAhead("${") {
                index += 2
                skipExpression(atTop: false, until: UInt8(ascii: "}"))
                index += 1
            } else if byte == 0x0A, quote != UInt8(ascii: "`") {
                return
            } else {
                index += 1
            }
        }
        index = min(index + 1, bytes.count)
    }

    /// Passes over an expression up to what ends it: `,` `;` or a closing bracket outside of its own brackets, and at
    /// the top a line that begins with a keyword.
    mutating func skipExpression(atTop: Bool, until end: UInt8? = nil) {
        var open: [UInt8] = []
        var previous: UInt8 = UInt8(ascii: "(")
        while true {
            let isNewLine = skipBlanks()
            guard let byte = peek else { return }
            if open.isEmpty {
                if let end, byte == end { return }
                if end == nil, ",;)]}".utf8.contains(byte), !(atTop && byte == UInt8(ascii: ",")) {
                    if byte == UInt8(ascii: ";") || (atTop && byte != UInt8(ascii: ",")) { index += 1 }
                    return
                }
                if atTop, isNewLine, startsStatement { return }
            }
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
                skipString()
                previous = byte
                continue
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(byte)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): if !open.isEmpty { open.removeLast() }
            case UInt8(ascii: "/") where "([{,;=:!&|?+-*%<>~^".utf8.contains(previous): skipPattern()
            default: break
            }
            previous = byte
            index += 1
        }
    }

    private var startsStatement: Bool {
        ["const ", "let ", "var ", "module.", "exports", "export ", "function ", "import ", "if ", "for "].contains {
            isAhead($0)
        }
    }

    /// A regular expression, up to its last slash.
    private mutating func skipPattern() {
        var isInSet = false
        index += 1
        while let byte = peek, byte != 0x0A {
            if byte == UInt8(ascii: "\\") { index += 1 }
            if byte == UInt8(ascii: "[") { isInSet = true }
            if byte == UInt8(ascii: "]") { isInSet = false }
            if byte == UInt8(ascii: "/"), !isInSet { return }
            index += 1
        }
    }
}
