/// What readers of a tree ask it for.
extension YAMLNode {
    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    package var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    package var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The entry of a mapping; merged entries are found like written ones.
    package func entry(forKey key: String) -> YAMLEntry? { entries?.first { $0.key == key } }

    package func value(forKey key: String) -> YAMLNode? { entry(forKey: key)?.value }

    /// True for a value that was not written, and for `null` and `~`.
    package var isNull: Bool { scalar?.resolved == .null }

    /// What a message calls it: `a mapping`, `a list`, `a string`, `null`.
    package var noun: String {
        switch content {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): scalar.resolved.noun
        }
    }
}
