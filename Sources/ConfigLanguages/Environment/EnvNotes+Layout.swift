import Diagnostics

extension EnvNotes {
    /// The statements with the comments and empty lines between them.
    func reading(_ dialect: EnvDialect) -> EnvReading {
        var items: [EnvReading.Item] = []
        var position = 0
        for statement in statements {
            items += layout(of: position..<statement.range.lowerBound, dialect)
            items.append(.entry(entry(statement)))
            position = statement.range.upperBound
        }
        items += layout(of: position..<bytes.count, dialect)
        return EnvReading(dialect: dialect, items: items, diagnostics: (diagnostics + duplicates).arranged)
    }

    private func entry(_ statement: Statement) -> EnvReading.Entry {
        EnvReading.Entry(
            name: text(statement.name),
            nameSpan: span(statement.name),
            value: statement.decoded.map { String(decoding: $0, as: UTF8.self) },
            valueSpan: span(statement.value))
    }

    /// The whole lines of a gap between two statements. Its first piece is the rest of a statement's line, its last
    /// the margin of the next statement.
    private func layout(of gap: Range<Int>, _ dialect: EnvDialect) -> [EnvReading.Item] {
        var items: [EnvReading.Item] = []
        var start = gap.lowerBound
        while start < gap.upperBound,
            let end = bytes[start..<gap.upperBound].firstIndex(of: UInt8(ascii: "\n"))
                ?? (gap.upperBound == bytes.count ? bytes.count : nil)
        {
            if start > gap.lowerBound || start == 0 { line(start..<end, dialect).map { items.append($0) } }
            start = end + 1
        }
        return items
    }

    private func line(_ line: Range<Int>, _ dialect: EnvDialect) -> EnvReading.Item? {
        guard let first = line.first(where: { !" \t\r".utf8.contains(bytes[$0]) }) else { return .blank }
        guard bytes[first] == UInt8(ascii: "#") || dialect == .systemd && bytes[first] == UInt8(ascii: ";") else {
            return nil
        }
        var text = first + 1
        var end = line.upperBound
        if text < end, bytes[text] == UInt8(ascii: " ") { text += 1 }
        if end > text, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return .comment(self.text(text..<end), span(first..<end))
    }

    private var duplicates: [Diagnostic] {
        var first: [String: Statement] = [:]
        var found: [Diagnostic] = []
        for statement in statements {
            let name = text(statement.name)
            if let earlier = first[name] {
                found.append(
                    Diagnostic(
                        .envDuplicateKey, .warning, "\(name) is assigned twice; the last assignment wins",
                        at: Label(span(statement.name)),
                        secondary: [
                            Label(span(earlier.name), "first assigned here")
                        ]))
            } else {
                first[name] = statement
            }
        }
        return found
    }
}
