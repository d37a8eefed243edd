package import Diagnostics

/// One word of a directive: what it means, without the quotes and escapes that its text in a file has.
///
/// A word of generated text comes from our own code (a literal, a number, a variable of a closed list) or
/// through ``literal(_:)`` and ``path(_:)``, which refuse what nginx cannot express; the parser makes words of
/// files as they are. How a word is quoted follows from its bytes alone, see ``NginxPrinter``.
package struct NginxArgument: Sendable {
    package let text: String
    /// Where the word stands in a parsed file, quotes included; a length of 0 for words that were made. nginx refuses
    /// words that come near the longest length.
    private let start: UInt32
    private let length: UInt16
    private let file: UInt16

    /// For words that are known to be sound, and for the parser.
    init(unchecked text: String, at span: Span? = nil) {
        self.text = text
        start = UInt32(clamping: span?.start ?? 0)
        length = UInt16(clamping: span.map { $0.end - $0.start } ?? 0)
        file = UInt16(clamping: span?.file.index ?? 0)
    }

    /// The bytes of a parsed file, quotes included.
    package var span: Span? {
        length == 0 ? nil : Span(FileID(Int(file)), Int(start), Int(start) + Int(length))
    }

    // MARK: Words of our own

    /// A number without unit.
    package static func number(_ value: Int) -> NginxArgument { NginxArgument(unchecked: String(value)) }

    /// A time in seconds, `3600s`.
    package static func seconds(_ value: Int) -> NginxArgument { NginxArgument(unchecked: "\(value)s") }

    /// A size in the largest unit that keeps it exact: `4m`, `64k`, `1000`.
    package static func size(_ bytes: Int) -> NginxArgument {
        if bytes > 0, bytes % (1 << 20) == 0 { return NginxArgument(unchecked: "\(bytes >> 20)m") }
        if bytes > 0, bytes % (1 << 10) == 0 { return NginxArgument(unchecked: "\(bytes >> 10)k") }
        return NginxArgument(unchecked: String(bytes))
    }

    package static func variable(_ variable: NginxVariable) -> NginxArgument {
        NginxArgument(unchecked: "$\(variable.name)")
    }

    // MARK: Words with data in them

    /// A value that nginx evaluates: exactly these characters and no variable.
    ///
    /// nginx has no escape for `$` there, so a value with one is refused, as are control characters and what is
    /// too long for nginx's buffer.
    package static func literal(_ text: String) throws(Unrepresentable) -> NginxArgument {
        try NginxLanguage.check(text, allowsDollar: false)
        return NginxArgument(unchecked: text)
    }

    /// The name of a location, where `$` is a character like any other. It starts with `/`, because `@`, `~`,
    /// `=` and `^~` at its start mean something, quoted or not.
    package static func path(_ text: String) throws(Unrepresentable) -> NginxArgument {
        guard text.utf8.first == UInt8(ascii: "/") else {
            throw NginxLanguage.unrepresentable("a path without a slash at its start")
        }
        try NginxLanguage.check(text, allowsDollar: true)
        return NginxArgument(unchecked: text)
    }

    /// Pieces of one word, side by side.
    package static func concat(_ pieces: Piece...) throws(Unrepresentable) -> NginxArgument {
        var text = ""
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .literal(let literal):
                text += literal
            case .variable(let variable):
                let isDelimited = index + 1 < pieces.count && pieces[index + 1].continuesName
                text += isDelimited ? "${\(variable.name)}" : "$\(variable.name)"
            }
        }
        for case .literal(let literal) in pieces where !literal.isEmpty {
            try NginxLanguage.check(literal, allowsDollar: false)
        }
        try NginxLanguage.check(text, allowsDollar: true)
        return NginxArgument(unchecked: text)
    }

    package enum Piece: Sendable {
        case literal(String)
        case variable(NginxVariable)

        /// True when a variable's name before it would run on into it.
        fileprivate var continuesName: Bool {
            guard case .literal(let text) = self, let first = text.utf8.first else { return false }
            return NginxLanguage.isNameByte(first)
        }
    }
}

extension NginxArgument: Hashable {
    /// Where a word was read does not make it another word.
    package static func == (left: NginxArgument, right: NginxArgument) -> Bool { left.text == right.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Words that stand in our code: `"off"`, `"always"`, `"="`. A literal of the source cannot come from a spec.
extension NginxArgument {
    /// The name of a header, which is a constant of our code: letters, digits and hyphens.
    package init(headerName: String) {
        precondition(NginxVariable.isHeaderName(headerName), "a header's name has letters, digits and hyphens")
        self.init(unchecked: headerName)
    }
}

extension NginxArgument: ExpressibleByStringLiteral {
    package init(stringLiteral value: StaticString) {
        self.init(unchecked: value.description)
    }
}
