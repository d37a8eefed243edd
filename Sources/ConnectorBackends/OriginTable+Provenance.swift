import ConnectorPlan
import Diagnostics
import JSONSyntax
import RuntimeConfig

extension OriginTable {
    /// The lines of the tagged values, and where they come from.
    func provenance(of printed: PrintedJSON) -> [Provenance] {
        printed.taggedLines.map { Provenance(lines: $0.lines, origins: self[$0.tag]) }
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
