import ConnectorBackends

/// The tree that is to be: where each entry of each directory comes from.
struct TreeLayout: Sendable {
    enum Entry: Sendable {
        case directory(TreeLayout)
        /// New bytes: an index into the artifacts.
        case written(Int)
        /// The same bytes as before: a link to the old file. An index into the artifacts.
        case unchanged(Int)
        /// Not ours: a link to the old entry.
        case carried
    }

    private(set) var entries: [String: Entry] = [:]
    /// Set when the old tree has this directory; mode and owner are kept.
    private(set) var status: FileStatus?

    init(_ artifacts: [Artifact], changes: OutputChanges, snapshot: TreeSnapshot?) {
        status = snapshot?.root
        for (index, artifact) in artifacts.enumerated() {
            let entry: Entry = changes.unchanged.contains(index) ? .unchanged(index) : .written(index)
            insert(entry, at: artifact.path[...])
        }
        guard let snapshot else { return }
        // A directory stays when anything in it stays, or when no output left it: an empty one is somebody's.
        var emptied: Set<Substring> = []
        for path in changes.removed {
            for slash in path.utf8.indices where path.utf8[slash] == UInt8(ascii: "/") {
                emptied.insert(path[..<slash])
            }
        }
        let made = Set(artifacts.map(\.path))
        for entry in snapshot.entries where entry.status.kind != .directory {
            if !made.contains(entry.path), !changes.removed.contains(entry.path) {
                insert(.carried, at: entry.path[...])
            }
        }
        for entry in snapshot.entries where entry.status.kind == .directory {
            adopt(entry.status, at: entry.path[...], creating: !emptied.contains(entry.path[...]))
        }
    }

    private init() {}

    private mutating func insert(_ entry: Entry, at path: Substring) {
        guard let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            entries[String(path)] = entry
            return
        }
        within(String(path[..<slash])) { $0.insert(entry, at: path[path.utf8.index(after: slash)...]) }
    }

    private mutating func adopt(_ status: FileStatus, at path: Substring, creating: Bool) {
        let slash = path.utf8.firstIndex(of: UInt8(ascii: "/"))
        let name = String(path[..<(slash ?? path.endIndex)])
        if entries[name] == nil, !creating { return }
        within(name) { folder in
            if let slash {
                folder.adopt(status, at: path[path.utf8.index(after: slash)...], creating: creating)
            } else {
                folder.status = status
            }
        }
    }

    /// Changes the directory of a name, in place; makes it when there is none.
    private mutating func within(_ name: String, _ change: (inout TreeLayout) -> Void) {
        var folder = TreeLayout()
        if case .directory(let existing)? = entries.removeValue(forKey: name) { folder = existing }
        change(&folder)
        entries[name] = .directory(folder)
    }
}
