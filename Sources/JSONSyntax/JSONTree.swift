/// What the parser builds: plain values or values with places, by one and the same grammar.
protocol JSONTree {
    associatedtype Member

    static func null(_ range: Range<Int>) -> Self
    static func bool(_ value: Bool, _ range: Range<Int>) -> Self
    static func number(_ value: JSONNumber, _ range: Range<Int>) -> Self
    static func string(_ value: String, _ range: Range<Int>) -> Self
    static func array(_ elements: [Self], _ range: Range<Int>) -> Self
    static func object(_ members: [Member], _ range: Range<Int>) -> Self
    static func member(_ name: String, _ nameRange: Range<Int>, _ value: Self) -> Member
}

extension JSON: JSONTree {
    static func null(_ range: Range<Int>) -> JSON { .null }
    static func bool(_ value: Bool, _ range: Range<Int>) -> JSON { .bool(value) }
    static func number(_ value: JSONNumber, _ range: Range<Int>) -> JSON { .number(value) }
    static func string(_ value: String, _ range: Range<Int>) -> JSON { .string(value) }
    static func array(_ elements: [JSON], _ range: Range<Int>) -> JSON { .array(elements) }
    static func object(_ members: [JSONMember], _ range: Range<Int>) -> JSON { .object(members) }
    static func member(_ name: String, _ nameRange: Range<Int>, _ value: JSON) -> JSONMember {
        JSONMember(name, value)
    }
}

extension JSONNode: JSONTree {
    static func null(_ range: Range<Int>) -> JSONNode { JSONNode(content: .null, range: range) }
    static func bool(_ value: Bool, _ range: Range<Int>) -> JSONNode {
        JSONNode(content: .bool(value), range: range)
    }
    static func number(_ value: JSONNumber, _ range: Range<Int>) -> JSONNode {
        JSONNode(content: .number(value), range: range)
    }
    static func string(_ value: String, _ range: Range<Int>) -> JSONNode {
        JSONNode(content: .string(value), range: range)
    }
    static func array(_ elements: [JSONNode], _ range: Range<Int>) -> JSONNode {
        JSONNode(content: .array(elements), range: range)
    }
    static func object(_ members: [Member], _ range: Range<Int>) -> JSONNode {
        JSONNode(content: .object(members), range: range)
    }
    static func member(_ name: String, _ nameRange: Range<Int>, _ value: JSONNode) -> Member {
        Member(name: name, nameRange: nameRange, value: value)
    }
}
