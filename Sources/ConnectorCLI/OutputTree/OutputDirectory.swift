import ConnectorBackends
import Diagnostics

/// The output directory as the last build and its users left it.
struct OutputDirectory: Sendable {
    let directory: Directory
    let snapshot: TreeSnapshot

    /// Nil when there is none yet. Anything but a directory in its place is a failure.
    init?(at location: OutputLocation, in parent: Directory) throws(FileError) {
        guard let status = try parent.status(of: location.name) else { return nil }
        switch status.kind {
        case .directory: break
        case .symbolicLink:
            throw FileError(
                "build into", location.path, reason: "it is a symbolic link",
                advice: "name the directory that it points to")
        case .file, .other:
            throw FileError(
                "build into", location.path, reason: "it is not a directory",
                advice: "remove it, or name another output directory")
        }
        guard status.device == (try parent.status().device) else { throw OutputTree.mountPoint(location.path) }
        directory = try parent.directory(location.name)
        snapshot = try TreeSnapshot(of: directory)
    }

    /// The bytes of a file by its path in the tree; nil when nothing stands there.
    func read(_ path: String) throws(FileError) -> [UInt8]? {
        guard snapshot[path] != nil else { return nil }
        var folder = directory
        var parts = path.split(separator: "/").map(String.init)
        let name = parts.removeLast()
        for part in parts { folder = try folder.directory(part) }
        return try folder.file(name).readAll()
    }

    /// The lock of the last build: nil when there is none, and a finding when there is one that cannot be read.
    func lock() throws(FileError) -> (lock: LockFile?, problem: Diagnostic?) {
        guard let bytes = try read(LockFile.path) else { return (nil, nil) }
        var sources = SourceMap()
        let file = SourceFile(path: directory.pathOf(LockFile.path), bytes: bytes)
        let (lock, diagnostics) = LockFile.read(file, id: sources.add(file))
        if let lock { return (lock, nil) }
        let finding = Diagnostic(
            .lockUnreadable, .error, "\(file.path) cannot be read, so edits of outputs cannot be told", at: nil,
            notes: diagnostics.map(\.message),
            help: "restore it from version control, or build with --force to overwrite all outputs")
        return (nil, finding)
    }

    /// The provenance map of the last build; nil when there is none that can be read.
    func map() throws(FileError) -> ProvenanceMap? {
        guard let bytes = try read(ProvenanceMap.path) else { return nil }
        var sources = SourceMap()
        let file = SourceFile(path: directory.pathOf(ProvenanceMap.path), bytes: bytes)
        return ProvenanceMap.read(file, id: sources.add(file)).map
    }
}
