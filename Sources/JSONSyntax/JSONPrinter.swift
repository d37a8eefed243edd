/// Writes values straight into bytes.
struct JSONPrinter {
    let layout: JSON.Layout
    var output: [UInt8] = []
    private(set) var taggedLines: [PrintedJSON.TaggedLines] = []
    /// The number of the line that is written, 1-based.
    private var line = 1
    /// What the lines from ``firstLine`` on carry.
    private var tag: Int?
    private var firstLine = 1

    init(layout: JSON.Layout) {
        self.layout = layout
    }

    mutating func write(_ value: JSON, indentation: Int) {
        switch value {
        case .null: output += "null".utf8
        case .bool(true): output += "true".utf8
        case .bool(false): output += "false".utf8
        case .number(let number): output += number.literal.utf8
        case .string(let text): write(text)
        case .verbatim(let text): output += text.utf8
        case .tagged(let inner, let value):
            let outer = tag
            carry(inner, from: line)
            write(value, indentation: indentation)
            carry(outer, from: line + 1)
        case .array(let elements):
            list("[", elements, "]", indentation) { printer, element in
                printer.write(element, indentation: indentation + 1)
            }
        case .object(let members):
            list("{", members, "}", indentation) { printer, member in
                printer.write(member.name)
                printer.output.append(UInt8(ascii: ":"))
                if printer.layout == .pretty { printer.output.append(0x20) }
                printer.write(member.value, indentation: indentation + 1)
            }
        }
    }

    private mutating func list<Item>(
        _ open: Unicode.Scalar, _ items: [Item], _ close: Unicode.Scalar, _ indentation: Int,
        writeItem: (inout JSONPrinter, Item) -> Void
    ) {
        output.append(UInt8(ascii: open))
        var isFirst = true
        for item in items {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            newLine(indentation + 1)
            writeItem(&self, item)
        }
        if !items.isEmpty { newLine(indentation) }
        output.append(UInt8(ascii: close))
    }

    /// The lines from `first` on carry another tag, or none.
    private mutating func carry(_ next: Int?, from first: Int) {
        guard next != tag else { return }
        if let tag, first > firstLine { taggedLines.append(.init(tag: tag, lines: firstLine...(first - 1))) }
        tag = next
        firstLine = max(firstLine, first)
    }

    private mutating func newLine(_ indentation: Int) {
        guard layout == .pretty else { return }
        line += 1
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: 2 * indentation))
    }

    private mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        if Self.mustBeEscaped(text) {
            for byte in text.utf8 { write(byte) }
        } else {
            output.append(contentsOf: text.utf8)
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func mustBeEscaped(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        for index in bytes.indices where mustBeEscaped(bytes[index]) { return true }
        return false
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func write(_ byte: UInt8) {
        guard Self.mustBeEscaped(byte) else { return output.append(byte) }
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
        default:
            output += byte < 0x10 ? "u000".utf8 : "u001".utf8
            output += String(byte & 0xF, radix: 16).utf8
        }
    }
}
