package import Diagnostics

/// A value found by its path, and the key that it stands under.
package struct YAMLPlace: Sendable {
    /// Nil for an item of a list and for the root.
    package let entry: YAMLEntry?
    package let node: YAMLNode

    package var keySpan: Span? { entry?.keySpan }
}

extension YAMLNode {
    /// The value at a path, merged entries and aliases followed; nil when there is none.
    package func lookup(_ path: YAMLPath) -> YAMLPlace? {
        var place = YAMLPlace(entry: nil, node: self)
        for step in path.steps {
            switch step {
            case .key(let key):
                guard let entry = place.node.entry(forKey: key) else { return nil }
                place = YAMLPlace(entry: entry, node: entry.value)
            case .index(let index):
                guard let items = place.node.items, items.indices.contains(index) else { return nil }
                place = YAMLPlace(entry: nil, node: items[index])
            }
        }
        return place
    }
}
