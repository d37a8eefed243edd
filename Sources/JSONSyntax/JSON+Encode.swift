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
}
