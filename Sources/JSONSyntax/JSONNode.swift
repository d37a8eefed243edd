/// A JSON value that knows which bytes of the text it was read from, for tools that point at places.
package struct JSONNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case null
        case bool(Bool)
        case number(JSONNumber)
        case string(String)
        case array([JSONNode])
        case object([Member])
    }

    package struct Member: Hashable, Sendable {
        package let name: String
        /// The bytes of the name, quotes included.
        package let nameRange: Range<Int>
        package let value: JSONNode
    }

    package let content: Content
    /// The bytes of the value, quotes and brackets included.
    package let range: Range<Int>

    /// The value without its places.
    package var json: JSON {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): .number(value)
        case .string(let value): .string(value)
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members): .object(members.map { JSONMember($0.name, $0.value.json) })
        }
    }

    package var string: String? {
        guard case .string(let value) = content else { return nil }
        return value
    }

    package var bool: Bool? {
        guard case .bool(let value) = content else { return nil }
        return value
    }

    package var elements: [JSONNode]? {
        guard case .array(let elements) = content else { return nil }
        return elements
    }

    package var members: [Member]? {
        guard case .object(let members) = content else { return nil }
        return members
    }

    /// True for the same value, whatever the order in which objects have their members.
    package func isEqual(to other: JSON) -> Bool {
        switch (content, other.untagged) {
        case (.array(let elements), .array(let others)):
            elements.count == others.count && zip(elements, others).allSatisfy { $0.isEqual(to: $1) }
        case (.object(let members), .object(let others)):
            members.count == others.count
                && others.allSatisfy { other in self[other.name]?.isEqual(to: other.value) == true }
        case (_, let plain): json == plain
        }
    }

    /// The member of that name; nil when there is none or this is no object.
    package func member(_ name: String) -> Member? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.name == name }
    }

    /// The value of the member of that name; nil when there is none or this is no object.
    package subscript(_ name: String) -> JSONNode? { member(name)?.value }

    /// The element at that index; nil when there is none or this is no array.
    package subscript(_ index: Int) -> JSONNode? {
        guard case .array(let elements) = content, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The value that a JSON Pointer (RFC 6901) names.
    package subscript(pointer pointer: String) -> JSONNode? {
        JSONPointer(pointer)?.tokens.reduce(self as JSONNode?) { node, token in
            switch node?.content {
            case .object: node?[token]
            case .array: JSONPointer.index(token).flatMap { node?[$0] }
            default: nil
            }
        }
    }
}
