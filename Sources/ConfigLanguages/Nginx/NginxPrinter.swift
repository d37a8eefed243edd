/// Writes directives as bytes, one to a line, blocks indented by four spaces, and keeps account of lines.
///
/// Large outputs are printed as they are made: a directive is written and dropped, and what many blocks have in
/// common is printed once (``lines(depth:_:)``) and shared.
package struct NginxPrinter {
    private var text = TextRope()
    private var depth = 0
    /// The number of the line that is written next, 1-based.
    private var line = 1
    private var taggedLines: [NginxText.TaggedLines] = []

    /// What `write` writes; `capacity` is how many bytes to expect.
    package static func text(
        capacity: Int = 0, _ write: (inout NginxPrinter) throws -> Void
    ) rethrows -> NginxText {
        var printer = NginxPrinter()
        printer.text.own.reserveCapacity(capacity)
        try write(&printer)
        return NginxText(fragment: Fragment(unchecked: printer.text), taggedLines: printer.taggedLines)
    }

    package static func text(_ file: NginxBlock) -> NginxText {
        text { $0.append(file) }
    }

    /// Directives for blocks of a depth, printed once for all of them. Their tags are not kept.
    package static func lines(depth: Int, _ directives: [NginxDirective]) -> NginxLines {
        var printer = NginxPrinter()
        printer.depth = depth
        for directive in directives { printer.append(directive) }
        return NginxLines(depth: depth, bytes: printer.text.bytes, count: printer.line - 1)
    }

    // MARK: Writing

    package mutating func append(_ word: NginxArgument, _ arguments: NginxArgument...) {
        append(words: word, arguments)
        endLine(UInt8(ascii: ";"))
    }

    package mutating func append(_ directive: NginxDirective) {
        let first = line
        for comment in directive.comments { append(comment: comment) }
        append(words: directive.word, directive.arguments)
        if let block = directive.block {
            append(body: block)
        } else {
            endLine(UInt8(ascii: ";"))
        }
        if let tag = directive.tag { taggedLines.append(.init(tag: tag, lines: first...(line - 1))) }
    }

    /// An empty block stays on its line.
    private mutating func append(body block: NginxBlock) {
        guard block != NginxBlock() else {
            text.own += [UInt8(ascii: " "), UInt8(ascii: "{"), UInt8(ascii: " ")]
            return endLine(UInt8(ascii: "}"))
        }
        open()
        append(block)
        close()
    }

    package mutating func append(_ block: NginxBlock) {
        for directive in block.directives { append(directive) }
        for comment in block.closingComments { append(comment: comment) }
    }

    /// Lines that were printed before, for this depth.
    package mutating func append(_ lines: NginxLines) {
        precondition(lines.depth == depth, "lines are printed at the depth that they were made for")
        text.append(shared: lines.bytes)
        line += lines.count
    }

    /// A directive whose block is printed by `write`.
    package mutating func block(
        _ word: NginxArgument, _ arguments: NginxArgument..., tag: Int? = nil, comments: [Fragment<NginxLanguage>] = [],
        _ write: (inout NginxPrinter) throws(Unrepresentable) -> Void
    ) throws(Unrepresentable) {
        let first = line
        for comment in comments { append(comment: comment.bytes) }
        append(words: word, arguments)
        open()
        defer {
            close()  // also after a failure: the depth stays right for what is printed next
            if let tag { taggedLines.append(.init(tag: tag, lines: first...(line - 1))) }
        }
        try write(&self)
    }

    /// Directives one after the other under one comment; the tag covers all of their lines.
    package mutating func group(
        _ directives: [NginxDirective], tag: Int? = nil, comment: Fragment<NginxLanguage>
    ) {
        let first = line
        append(comment: comment.bytes)
        for directive in directives { append(directive) }
        if let tag { taggedLines.append(.init(tag: tag, lines: first...(line - 1))) }
    }

    package mutating func comment(_ text: Fragment<NginxLanguage>) {
        append(comment: text.bytes)
    }

    package mutating func blankLine() {
        text.own.append(UInt8(ascii: "\n"))
        line += 1
    }

    // MARK: Bytes

    private mutating func append(words word: NginxArgument, _ arguments: [NginxArgument]) {
        indent()
        NginxLanguage.append(word.text, to: &text.own)
        for argument in arguments {
            text.own.append(UInt8(ascii: " "))
            NginxLanguage.append(argument.text, to: &text.own)
        }
    }

    private mutating func open() {
        text.own.append(UInt8(ascii: " "))
        endLine(UInt8(ascii: "{"))
        depth += 1
    }

    private mutating func close() {
        depth -= 1
        indent()
        endLine(UInt8(ascii: "}"))
    }

    private mutating func append(comment: String) {
        append(comment: Array(comment.utf8))
    }

    /// A line end in a parsed comment cannot be; one that was put there would become syntax, so it is a space.
    private mutating func append(comment: [UInt8]) {
        indent()
        text.own.append(UInt8(ascii: "#"))
        if !comment.isEmpty { text.own.append(UInt8(ascii: " ")) }
        let start = text.own.count
        text.own += comment
        for index in start..<text.own.count where text.own[index] == UInt8(ascii: "\n") {
            text.own[index] = UInt8(ascii: " ")
        }
        blankLine()
    }

    private mutating func indent() {
        for _ in 0..<depth { text.own += [0x20, 0x20, 0x20, 0x20] }
    }

    private mutating func endLine(_ byte: UInt8) {
        text.own.append(byte)
        blankLine()
    }
}

/// Printed configuration, and which of its lines carry which tag.
package struct NginxText: Sendable {
    package struct TaggedLines: Hashable, Sendable {
        package let tag: Int
        /// 1-based within the text, both ends included.
        package let lines: ClosedRange<Int>
    }

    package let fragment: Fragment<NginxLanguage>
    /// In the order of their last lines.
    package let taggedLines: [TaggedLines]
}

/// Directives, printed for blocks of one depth.
package struct NginxLines: Sendable {
    fileprivate let depth: Int
    fileprivate let bytes: [UInt8]
    fileprivate let count: Int
}
