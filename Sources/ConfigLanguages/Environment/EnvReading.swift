package import Diagnostics

/// What one dialect's reader makes of a file: the assignments as the program would see them, and what is wrong.
///
/// Spans point into the file; values are decoded. An error means that the reader refuses the file, or a line of it.
package struct EnvReading: Sendable {
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let nameSpan: Span
        /// Nil for a line with a name only; where the dialect inherits from its own environment, what it found there.
        package let value: String?
        /// The spelled value with its quotes.
        package let valueSpan: Span
    }

    package enum Item: Hashable, Sendable {
        case comment(String, Span)
        case blank
        case entry(Entry)
    }

    package let dialect: EnvDialect
    /// In file order, duplicates included.
    package internal(set) var items: [Item]
    package internal(set) var diagnostics: [Diagnostic]

    package var entries: [Entry] {
        items.compactMap { if case .entry(let entry) = $0 { entry } else { nil } }
    }

    /// The variables that the program would find set; of duplicates the last wins in every dialect.
    package var values: [String: String] {
        entries.reduce(into: [:]) { values, entry in
            if let value = entry.value { values[entry.name] = value }
        }
    }

    /// The tree without places; lines with a name only have no place in it.
    package var file: EnvFile {
        EnvFile(
            items: items.compactMap { item in
                switch item {
                case .comment(let text, _): .comment(text)
                case .blank: .blank
                case .entry(let entry): entry.value.map { .assignment(name: entry.name, value: $0) }
                }
            })
    }
}
