/// What stands in the output directory: every entry with its status, parents before children.
struct TreeSnapshot: Sendable {
    struct Entry: Sendable {
        /// Relative to the output directory.
        let path: String
        let status: FileStatus
    }

    let root: FileStatus
    private(set) var entries: [Entry] = []
    private var places: [String: Int] = [:]

    init(of directory: Directory) throws(FileError) {
        root = try directory.status()
        try collect(directory, prefix: "")
    }

    subscript(path: String) -> FileStatus? { places[path].map { entries[$0].status } }

    /// True when neither names nor files changed in between.
    func isUntouched(since earlier: TreeSnapshot) -> Bool {
        entries.count == earlier.entries.count && root.isUntouched(since: earlier.root)
            && zip(entries, earlier.entries).allSatisfy {
                $0.path == $1.path && $0.status.isUntouched(since: $1.status)
            }
    }

    private mutating func collect(_ directory: Directory, prefix: String) throws(FileError) {
        for name in try directory.names() {
            guard let status = try directory.status(of: name) else { continue }
            let path = prefix + name
            places[path] = entries.count
            entries.append(Entry(path: path, status: status))
            guard status.kind == .directory else { continue }
            guard status.device == root.device else {
                throw FileError(
                    "replace", directory.pathOf(name), reason: "another file system is mounted there",
                    advice: "unmount it, or build into another directory")
            }
            try collect(directory.directory(name), prefix: path + "/")
        }
    }
}
