import ConnectorSpec
import YAMLSyntax

extension SectionTable {
    /// The row of the key table for a key of a spec: names of maps and indices of lists are passed over.
    func row(at key: String) -> SpecKey? {
        guard let path = YAMLPath(parsing: key) else { return nil }
        var kinds: [ValueKind] = [.section(self)]
        var row: SpecKey?
        for step in path.steps {
            var next: [ValueKind] = []
            row = nil
            for kind in kinds.flatMap(\.alternatives) {
                switch (kind, step) {
                case (.section(let table), .key(let name)):
                    guard let found = table.key(name) else { continue }
                    row = found
                    next.append(found.kind)
                case (.map(_, let values), .key): next.append(values)
                case (.list(let items), .index): next.append(items)
                default: continue
                }
            }
            kinds = next
        }
        return row
    }
}

extension ValueKind {
    fileprivate var alternatives: [ValueKind] {
        if case .either(let kinds) = self { kinds } else { [self] }
    }
}
