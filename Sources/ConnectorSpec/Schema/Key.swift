import OAuthModel
import WebSyntax

/// One key of a section, typed: its row in the key table, and how its value is read.
struct Key<Value>: Sendable {
    let row: SpecKey
    /// Nil when the section cannot be without the value, and then the decoder has reported why.
    let read: @Sendable (inout SpecDecoder, SectionReader) -> Value?

    init(_ row: SpecKey, read: @escaping @Sendable (inout SpecDecoder, SectionReader) -> Value?) {
        (self.row, self.read) = (row, read)
    }

    /// A key without which there is no section.
    init(_ name: String, _ value: SpecValue<Value>, _ summary: String, example: String) {
        self.init(SpecKey(name, value.kind, .required, summary, example: example)) { decoder, section in
            section.place(of: name).flatMap { value.read(&decoder, $0) }
        }
    }

    /// A key that may be left out; its value is nil too where it is wrong.
    init<Wrapped>(
        _ name: String, _ value: SpecValue<Wrapped>, _ requirement: SpecKey.Requirement, _ summary: String,
        example: String
    ) where Value == Wrapped? {
        self.init(SpecKey(name, value.kind, requirement, summary, example: example)) { decoder, section in
            .some(section.place(of: name).flatMap { value.read(&decoder, $0) })
        }
    }
}

extension SpecKey.Requirement {
    /// May be left out for the value that mostly holds.
    static func standard(_ value: some TextValue) -> Self { .optional(value.text) }
    static func standard(_ choice: some RawRepresentable<String>) -> Self { .optional(choice.rawValue) }
    static func standard(_ text: String) -> Self { .optional(text) }
    static func standard(_ flag: Bool) -> Self { .optional(flag ? "true" : "false") }
}

/// The keys of one section, typed, and the value that they make; ``table`` is what all readers see that do not decode.
struct SectionKeys<Value>: Sendable {
    let table: SectionTable
    /// Nil when something is missing that the section needs.
    let read: @Sendable (inout SpecDecoder, SectionReader) -> Value?

    /// Keys of different types; `make` takes their values in the order of the table.
    init<each Part>(
        _ path: String, _ summary: String, _ keys: repeat Key<each Part>,
        make: @escaping @Sendable (SectionReader, repeat each Part) -> Value?
    ) {
        var rows: [SpecKey] = []
        for key in repeat each keys { rows.append(key.row) }
        let typed = TypedKeys<Value, repeat each Part>(readers: (repeat KeyReader(read: (each keys).read)), make: make)
        let table = SectionTable(path, summary, rows)
        self.table = table
        let isChoice = table.isChoice
        read = { decoder, section in
            guard !isChoice || decoder.requireOneKey(of: section) else { return nil }
            return typed.read(&decoder, section)
        }
    }

    /// Keys of one type; `make` takes their values in the order of the table.
    init<Part>(
        _ path: String, _ summary: String, each keys: [Key<Part>], make: @escaping @Sendable ([Part]) -> Value
    ) {
        table = SectionTable(path, summary, keys.map(\.row))
        read = { decoder, section in
            var values: [Part] = []
            for key in keys {
                guard let value = key.read(&decoder, section) else { return nil }
                values.append(value)
            }
            return make(values)
        }
    }
}

/// A section lacks a value that it needs.
private struct IncompleteSection: Error {}

/// How the value of a key is read, without the row.
private struct KeyReader<Value>: Sendable {
    let read: @Sendable (inout SpecDecoder, SectionReader) -> Value?
}

private struct TypedKeys<Value, each Part>: Sendable {
    /// The functions alone: the rows beside them would be copied for each value that is read.
    let readers: (repeat KeyReader<each Part>)
    let make: @Sendable (SectionReader, repeat each Part) -> Value?

    /// Reads every key, so that all mistakes are told at once.
    func read(_ decoder: inout SpecDecoder, _ section: SectionReader) -> Value? {
        let values = (repeat (each readers).read(&decoder, section))
        do throws(IncompleteSection) {
            return make(section, repeat try Self.present(each values))
        } catch {
            return nil
        }
    }

    private static func present<T>(_ value: T?) throws(IncompleteSection) -> T {
        guard let value else { throw IncompleteSection() }
        return value
    }
}
