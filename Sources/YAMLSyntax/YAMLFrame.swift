import Diagnostics

/// A collection that was opened and not yet closed.
struct YAMLFrame {
    /// The key whose value is awaited.
    struct Key {
        enum Role {
            case entry
            /// `<<`
            case merge
            /// The key was refused; its value is read and let go.
            case refused
        }

        let text: String
        let span: Span
        let role: Role
    }

    /// `<<` and what it takes in, at its place among the entries.
    struct Merge {
        let key: Span
        let value: YAMLNode
        let position: Int
    }

    let isMapping: Bool
    let start: Int
    /// Has a bracket of its own at the end.
    let isBracketed: Bool
    let anchor: String?
    /// Values read before this one, itself not counted.
    let valuesBefore: Int
    /// Where its last child ends so far.
    var end: Int
    /// Levels of collections, this one included.
    var height = 1
    var items: [YAMLNode] = []
    var entries: [YAMLEntry] = []
    var key: Key?
    var merge: Merge?
    /// Positions of entries by key; made when there are too many to look through.
    private var index: [String: Int]?

    init(isMapping: Bool, start: Int, isBracketed: Bool, anchor: String?, valuesBefore: Int) {
        self.isMapping = isMapping
        self.start = start
        self.isBracketed = isBracketed
        self.anchor = anchor
        self.valuesBefore = valuesBefore
        end = start
    }

    var awaitsKey: Bool { isMapping && key == nil }

    func entry(forKey key: String) -> YAMLEntry? {
        if let index { return index[key].map { entries[$0] } }
        return entries.first { $0.key == key }
    }

    mutating func append(_ entry: YAMLEntry) {
        index?[entry.key] = entries.count
        entries.append(entry)
        if index == nil, entries.count == 16 {
            index = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
        }
    }
}
