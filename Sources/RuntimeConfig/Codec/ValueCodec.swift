import JSONSyntax
import WebSyntax

/// How values of one type are read, written and described; the one place that knows all three.
struct ValueCodec<Value>: Sendable {
    /// What the reference page calls it: `an https URL`, `a list of objects`.
    let noun: String
    /// The members of the object that it is, or that its elements are.
    var members: [MemberReference] = []
    /// Nil when the value is wrong, and then the reader has noted why.
    let read: @Sendable (inout RuntimeReader, RuntimePlace) -> Value?
    let write: @Sendable (Value) -> JSON
}

/// A member as the reference page shows it.
struct MemberReference: Sendable {
    let name: String
    let noun: String
    /// True for one that may be left out.
    let isOptional: Bool
    let summary: String
    let members: [MemberReference]
}

// MARK: texts

extension ValueCodec<String> {
    /// A string that is not empty and holds no control characters.
    static let text = ValueCodec(noun: "a string", read: { $0.text($1) }, write: { .string($0) })

    /// A text of a grammar that the compiler shares, kept byte for byte.
    static func text<Grammar: TextValue>(_: Grammar.Type) -> ValueCodec {
        ValueCodec(noun: Grammar.noun, read: { $0.value($1, Grammar.self)?.text }, write: { .string($0) })
    }

    /// The URL of a metadata document, which is under `/.well-known/` and so neither issuer nor resource.
    static let metadataURL = ValueCodec(
        noun: "an https URL without query or fragment", read: { $0.metadataURL($1) }, write: { .string($0) })

    /// Compact JSON whose exact bytes are served.
    static let document = ValueCodec(
        noun: "an object, served as compact JSON in this order", read: { $0.document($1) }, write: { .verbatim($0) })
}

extension ValueCodec where Value: TextValue {
    static var value: ValueCodec {
        ValueCodec(noun: Value.noun, read: { $0.value($1, Value.self) }, write: { .string($0.text) })
    }
}

extension ValueCodec where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One word of a closed set.
    static var word: ValueCodec {
        let words = Value.allCases.map { "`\($0.rawValue)`" }
        return ValueCodec(
            noun: words.count == 1
                ? words[0] : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1],
            read: { $0.choice($1, Value.self) }, write: { .string($0.rawValue) })
    }
}

// MARK: numbers and flags

extension ValueCodec<Int> {
    /// A whole number from `lowest` on.
    static func number(from lowest: Int, of unit: String) -> ValueCodec {
        ValueCodec(
            noun: "a whole number of \(unit), \(lowest == 0 ? "from 0 on" : "above 0")",
            read: { $0.number($1, from: lowest, of: unit) }, write: { .number(JSONNumber($0)) })
    }

    static let seconds = number(from: 1, of: "seconds")
}

extension ValueCodec<Bool> {
    static let flag = ValueCodec(noun: "true or false", read: { $0.flag($1) }, write: { .bool($0) })
}

// MARK: lists

extension ValueCodec {
    /// A list in its order; nil when one of its elements is wrong.
    static func list<Element>(_ element: ValueCodec<Element>) -> ValueCodec where Value == [Element] {
        ValueCodec(
            noun: "an array of " + element.noun.withoutArticle, members: element.members,
            read: { $0.list($1, element) }, write: { .array($0.map(element.write)) })
    }
}

extension String {
    /// `an object` in a list: `object`.
    fileprivate var withoutArticle: String {
        for article in ["an ", "a "] where hasPrefix(article) { return String(dropFirst(article.utf8.count)) }
        return self
    }
}
