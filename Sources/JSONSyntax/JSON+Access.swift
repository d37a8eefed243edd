extension JSON {
    /// The value of the member of that name; nil when there is none or this is no object.
    package subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The element at that index; nil when there is none or this is no array.
    package subscript(_ index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The value itself, where a writer has numbered it.
    package var untagged: JSON {
        guard case .tagged(_, let value) = self else { return self }
        return value.untagged
    }

    package var isNull: Bool { self == .null }

    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    package var int: Int? {
        guard case .number(let value) = self else { return nil }
        return value.int
    }

    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    package var array: [JSON]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    package var members: [JSONMember]? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The value that a JSON Pointer (RFC 6901) names: `/members/0/name`, `` for the whole.
    package subscript(pointer pointer: String) -> JSON? {
        JSONPointer(pointer)?.tokens.reduce(self as JSON?) { value, token in
            switch value {
            case .object: value?[token]
            case .array: JSONPointer.index(token).flatMap { value?[$0] }
            default: nil
            }
        }
    }
}

extension JSON {
    package static func int(_ value: Int) -> JSON { .number(JSONNumber(value)) }
}
