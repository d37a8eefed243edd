package import Diagnostics
package import JSONSyntax

/// The places of the spec that the tagged values of a document come from, by tag.
package struct OriginTable: Sendable {
    private var origins: [[Span]] = []

    package init() {}

    package subscript(_ tag: Int) -> [Span] { origins[tag] }

    /// A value that comes from some places of the spec; without any it stays as it is.
    package mutating func json(_ value: JSON, from spans: [Span]) -> JSON {
        guard !spans.isEmpty else { return value }
        origins.append(spans)
        return .tagged(origins.count - 1, value)
    }

    /// The same for a value that may be left out of the spec.
    package mutating func json(_ value: JSON, from span: Span?) -> JSON { json(value, from: span.map { [$0] } ?? []) }
}

/// A value of a document that was made from the spec, with the places that it, or what it is in, comes from.
package struct PlacedJSON: Sendable {
    /// Without the writer's number.
    package let value: JSON
    package let origins: [Span]
    private let table: OriginTable

    /// `around` is where what the value stands in comes from.
    package init(_ json: JSON, in table: OriginTable, around: [Span] = []) {
        var (inner, places) = (json, around)
        while case .tagged(let tag, let value) = inner { (inner, places) = (value, table[tag]) }
        (value, origins) = (inner, places)
        self.table = table
    }

    package subscript(_ name: String) -> PlacedJSON? { value[name].map { PlacedJSON($0, in: table, around: origins) } }

    /// Empty for what is no array.
    package var elements: [PlacedJSON] {
        (value.array ?? []).map { PlacedJSON($0, in: table, around: origins) }
    }

    /// Empty for what is no object.
    package var members: [(name: String, value: PlacedJSON)] {
        (value.members ?? []).map { ($0.name, PlacedJSON($0.value, in: table, around: origins)) }
    }

    package var string: String? { value.string }

    /// Without any numbers, also of what is in it.
    package var plain: JSON { Self.plain(value) }

    private static func plain(_ value: JSON) -> JSON {
        switch value.untagged {
        case .array(let elements): .array(elements.map(plain))
        case .object(let members): .object(members.map { JSONMember($0.name, plain($0.value)) })
        case let other: other
        }
    }
}
