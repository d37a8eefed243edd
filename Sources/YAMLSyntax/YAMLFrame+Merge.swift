import Diagnostics

/// Merge keys.
extension YAMLFrame {
    /// The entries of a mapping with those that its `<<` takes in, at the place of the `<<`.
    ///
    /// What the mapping says itself wins, then what stands first in the list behind `<<`
    /// (https://yaml.org/type/merge.html).
    func entriesMerged(_ findings: inout YAMLFindings) -> [YAMLEntry] {
        guard let merge else { return entries }
        var seen = Set(entries.lazy.map(\.key))
        var merged: [YAMLEntry] = []
        for source in sources(of: merge, &findings) {
            for entry in source where seen.insert(entry.key).inserted {
                merged.append(
                    YAMLEntry(key: entry.key, keySpan: entry.keySpan, value: entry.value, mergedBy: merge.key))
            }
        }
        return entries[..<merge.position] + merged + entries[merge.position...]
    }

    private func sources(of merge: Merge, _ findings: inout YAMLFindings) -> [[YAMLEntry]] {
        let values: [YAMLNode] =
            switch merge.value.content {
            case .sequence(let items): items
            default: [merge.value]
            }
        return values.compactMap { value in
            if case .mapping(let entries) = value.content { return entries }
            findings.add(
                Diagnostic(
                    .yamlMergeNotMapping, "`<<` takes a mapping or a list of mappings, found \(value.noun)",
                    at: Label(value.alias ?? value.span), secondary: [Label(merge.key, "merged here")],
                    help: "name an anchored mapping, as in `<<: *defaults`"))
            return nil
        }
    }
}
