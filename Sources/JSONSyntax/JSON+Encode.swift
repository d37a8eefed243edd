extension JSON {
    package enum Layout: Hashable, Sendable {
        /// No space at all.
        case compact
        /// One member or element a line, indented by two spaces.
        case pretty
    }

    /// The bytes of this value; members in their order, strings escaped only where RFC 8259 §7 asks for it.
    package func encoded(_ layout: Layout, finalNewline: Bool = false) -> [UInt8] {
        var printer = JSONPrinter(layout: layout)
        printer.write(self, indentation: 0)
        if finalNewline { printer.output.append(0x0A) }
        return printer.output
    }

    /// The pretty layout with a line feed at its end, and which of its lines carry which tag.
    package func printed() -> PrintedJSON {
        var printer = JSONPrinter(layout: .pretty)
        printer.write(self, indentation: 0)
        printer.output.append(0x0A)
        return PrintedJSON(bytes: printer.output, taggedLines: printer.taggedLines)
    }
}

/// Printed JSON, and the lines of its tagged values.
package struct PrintedJSON: Sendable {
    package struct TaggedLines: Hashable, Sendable {
        package let tag: Int
        /// 1-based, both ends included.
        package let lines: ClosedRange<Int>
    }

    package let bytes: [UInt8]
    /// In the order of the lines, without overlap: a line carries the tag of the innermost value that begins on it or
    /// goes through it.
    package let taggedLines: [TaggedLines]
}
