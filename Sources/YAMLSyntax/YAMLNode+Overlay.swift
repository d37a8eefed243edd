/// Environments: a base and what differs from it.
extension YAMLNode {
    /// This value with another laid over it: mappings are joined key by key, everything else is replaced.
    ///
    /// Keys keep the order of the base, new ones follow in the order of the overlay. Every value keeps
    /// the span of where it is written, so a finding points at the line that decides.
    package func overlaid(by overlay: YAMLNode) -> YAMLNode {
        guard let base = entries, let changes = overlay.entries else { return overlay }
        var positions = Dictionary(base.enumerated().map { ($1.key, $0) }) { first, _ in first }
        var result = base
        for change in changes {
            guard let position = positions[change.key] else {
                positions[change.key] = result.count
                result.append(change)
                continue
            }
            let old = result[position]
            guard old.value.entries != nil, change.value.entries != nil else {
                result[position] = change
                continue
            }
            result[position] = YAMLEntry(
                key: old.key, keySpan: old.keySpan, value: old.value.overlaid(by: change.value),
                mergedBy: old.mergedBy)
        }
        return YAMLNode(content: .mapping(result), span: span, alias: alias)
    }
}
