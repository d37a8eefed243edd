import Diagnostics
import JSONSyntax
import RuntimeConfig

/// The places of the spec that the tagged values of a document come from, by tag.
struct OriginTable {
    private var origins: [[Span]] = []

    /// A value that comes from some places of the spec; without any it stays as it is.
    mutating func json(_ value: JSON, from spans: [Span]) -> JSON {
        guard !spans.isEmpty else { return value }
        origins.append(spans)
        return .tagged(origins.count - 1, value)
    }

    /// The same for a value that may be left out of the spec.
    mutating func json(_ value: JSON, from span: Span?) -> JSON { json(value, from: span.map { [$0] } ?? []) }

    /// The lines of the tagged values, and where they come from.
    func provenance(of printed: PrintedJSON) -> [Provenance] {
        printed.taggedLines.map { Provenance(lines: $0.lines, origins: origins[$0.tag]) }
    }
}

extension JSON {
    /// The object with its members changed, which are known by the keys of their kind.
    func mapMembers<Key: RuntimeKey>(of _: Key.Type, _ change: (Key, JSON) -> JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { member in
                Key(rawValue: member.name).map { JSONMember(member.name, change($0, member.value)) } ?? member
            })
    }

    /// The array with its elements changed.
    func mapElements(_ change: (Int, JSON) -> JSON) -> JSON {
        guard case .array(let elements) = self else { return self }
        return .array(elements.enumerated().map(change))
    }
}
