import Glibc

@testable import ConnectorCLI

/// Everything that can be seen of a directory tree: names, kinds, modes, bytes.
struct TreeImage: Hashable {
    private let lines: Set<Entry>

    private struct Entry: Hashable {
        let path: String
        let mode: UInt32
        let bytes: [UInt8]
    }

    /// An empty image when nothing stands there.
    init(of path: String) throws {
        var entries: Set<Entry> = []
        try Self.collect(path, "", into: &entries)
        lines = entries
    }

    var isEmpty: Bool { lines.isEmpty }
    var paths: [String] { lines.map(\.path).sorted() }

    /// Paths that are not the same in both.
    func differences(from other: TreeImage) -> [String] {
        Set(lines.symmetricDifference(other.lines).map(\.path)).sorted()
    }

    private static func collect(_ root: String, _ relative: String, into entries: inout Set<Entry>) throws {
        let path = root + relative
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        let isDirectory = status.st_mode & S_IFMT == S_IFDIR
        let bytes = isDirectory ? [] : try OpenFile.reading(path).readAll()
        entries.insert(Entry(path: relative.isEmpty ? "." : relative, mode: status.st_mode, bytes: bytes))
        guard isDirectory else { return }
        for name in try Directory.opening(path).names() { try collect(root, relative + "/" + name, into: &entries) }
    }
}
