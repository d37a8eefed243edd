// Expressions that are literals.
extension ScriptReader {
    /// The value of the expression that begins here; behind it stands what ends it.
    mutating func expression(atTop: Bool = false) -> ScriptLiteral {
        skipBlanks()
        let start = index
        guard depth < Self.deepest else {
            skipExpression(atTop: atTop)
            return .computed
        }
        depth += 1
        let value = primary()
        depth -= 1
        let end = index
        let isNewLine = skipBlanks()
        let isEnded = peek.map { ",;)]}".utf8.contains($0) } ?? true
        if let value, isEnded || (atTop && isNewLine && peek.map(Self.isWordPart) ?? true) {
            if atTop, take(";") { return value }
            index = isEnded ? index : end
            return value
        }
        index = start
        skipExpression(atTop: atTop)
        return .computed
    }

    /// Nil for what is no literal.
    private mutating func primary() -> ScriptLiteral? {
        guard let byte = peek else { return nil }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return string().map { .text($0) }
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return list()
        case UInt8(ascii: "("):
            index += 1
            let value = expression()
            return take(")") ? value : nil
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return number()
        default:
            switch word() {
            case "true": return .flag(true)
            case "false": return .flag(false)
            case "null", "undefined": return .null
            case "": return nil
            case let name: return constants[name]
            }
        }
    }

    /// A whole number or a plain decimal, as JavaScript prints it again; others are left alone.
    private mutating func number() -> ScriptLiteral? {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        let word = word()
        var text = text(start..<index)
        if peek == UInt8(ascii: "."), !word.isEmpty {
            index += 1
            let fraction = self.word()
            guard !fraction.isEmpty, fraction.utf8.allSatisfy(Self.isDigit), !fraction.hasSuffix("0") else {
                return nil
            }
            text += "." + fraction
        }
        guard !word.isEmpty, word.utf8.allSatisfy(Self.isDigit), word == "0" || !word.hasPrefix("0"),
            text.utf8.count <= 15, text != "-0"
        else { return nil }
        return .number(text)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The text between quotes; nil for a template that is filled in, and for an escape that is not of the usual ones.
    private mutating func string() -> String? {
        guard let quote = peek else { return nil }
        index += 1
        var output: [UInt8] = []
        while let byte = peek, byte != quote {
            if byte == 0x0A, quote != UInt8(ascii: "`") { return nil }
            if quote == UInt8(ascii: "`"), isAhead("${") { return nil }
            guard byte == UInt8(ascii: "\\") else {
                // A template has line feeds alone, whatever stands in the file.
                if byte == 0x0D, quote == UInt8(ascii: "`") {
                    index += 1
                    if peek != 0x0A { output.append(0x0A) }
                    continue
                }
                output.append(byte)
                index += 1
                continue
            }
            index += 1
            guard let decoded = escape() else { return nil }
            output += decoded
        }
        return take(Unicode.Scalar(quote)) ? String(decoding: output, as: UTF8.self) : nil
    }

    private mutating func escape() -> [UInt8]? {
        guard let byte = peek else { return nil }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "v"): return [0x0B]
        case 0x0A: return []
        case 0x0D:
            if peek == 0x0A { index += 1 }
            return []
        case UInt8(ascii: "u"), UInt8(ascii: "x"):
            let count = byte == UInt8(ascii: "u") ? 4 : 2
            guard index + count <= bytes.count, bytes[index..<index + count].allSatisfy(Self.isWordPart),
                let number = UInt32(text(index..<index + count), radix: 16), let scalar = Unicode.Scalar(number)
            else { return nil }
            index += count
            return Array(String(scalar).utf8)
        case 0x80...: return nil
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return nil
        default: return [byte]
        }
    }

    private mutating func list() -> ScriptLiteral? {
        guard take("[") else { return nil }
        var items: [ScriptLiteral] = []
        while true {
            skipBlanks()
            if take("]") { return .list(items) }
            if isAhead("...") {
                index += 3
                _ = expression()
                items.append(.computed)
            } else {
                items.append(expression())
            }
            skipBlanks()
            if take(",") { continue }
            return take("]") ? .list(items) : nil
        }
    }

    private mutating func object() -> ScriptLiteral? {
        guard take("{") else { return nil }
        var members: [ScriptLiteral.Member] = []
        var isComplete = true
        while true {
            skipBlanks()
            if take("}") { return .object(members, isComplete: isComplete) }
            if isAhead("...") {
                index += 3
                // What comes before a spread may be replaced by it.
                if case .object(let spread, true) = expression() {
                    members += spread
                } else {
                    isComplete = false
                    members = members.map {
                        ScriptLiteral.Member(
                            name: $0.name, nameSpan: $0.nameSpan, value: .computed, valueSpan: $0.valueSpan)
                    }
                }
            } else if let member = member() {
                members.append(member)
            } else {
                isComplete = false
                skipExpression(atTop: false)
            }
            skipBlanks()
            if take(",") { continue }
            return take("}") ? .object(members, isComplete: isComplete) : nil
        }
    }

    /// `name: value`, `"name": value` or `name` alone; nil for a computed name, a method or an accessor.
    private mutating func member() -> ScriptLiteral.Member? {
        let start = index
        let name: String
        if peek == UInt8(ascii: "'") || peek == UInt8(ascii: "\"") {
            guard let text = string() else { return nil }
            name = text
        } else {
            name = word()
        }
        guard !name.isEmpty else { return nil }
        let nameSpan = span(start..<index)
        skipBlanks()
        if take(":") {
            skipBlanks()
            let valueStart = index
            let value = expression()
            return ScriptLiteral.Member(
                name: name, nameSpan: nameSpan, value: value, valueSpan: span(valueStart..<lastByte(before: index)))
        }
        guard peek == UInt8(ascii: ",") || peek == UInt8(ascii: "}") else {
            index = start
            return nil
        }
        return ScriptLiteral.Member(
            name: name, nameSpan: nameSpan, value: constants[name] ?? .computed, valueSpan: nameSpan)
    }

    /// The end of what stands before an index, blanks left out.
    private func lastByte(before end: Int) -> Int {
        var end = end
        while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
        return end
    }
}
