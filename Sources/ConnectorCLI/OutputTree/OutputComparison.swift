import ConnectorBackends
import ConnectorChanges
import ContentDigest
import Diagnostics

/// Holds what a build made against what stands in the output directory.
///
/// Three kinds of files stand there: ours as the last build left them, ours with edits of somebody, and foreign
/// ones. The first are replaced, the second only with `--force`, the third never.
struct OutputComparison {
    private let request: OutputRequest
    private let old: OutputDirectory
    private let lock: LockedOutputs
    private let force: Bool
    private let countingLines: Bool
    private var changes = OutputChanges()

    init(_ request: OutputRequest, with old: OutputDirectory, lock: LockedOutputs, force: Bool, countingLines: Bool) {
        self.request = request
        self.old = old
        self.lock = lock
        self.force = force
        self.countingLines = countingLines
    }

    mutating func compare() throws(FileError) -> OutputChanges {
        for (index, artifact) in request.artifacts.enumerated() { try consider(artifact, index) }
        try considerRetired(Set(request.artifacts.map(\.path)))
        changes.changes.sort { $0.path < $1.path }
        return changes
    }

    private mutating func consider(_ artifact: Artifact, _ index: Int) throws(FileError) {
        if let blocker = blockedFolder(of: artifact.path) { return refuse(blocker, for: artifact.path) }
        guard let status = old.snapshot[artifact.path] else { return note(artifact.path, .create) }
        guard status.kind == .file else { return refuse(artifact.path, for: artifact.path) }
        guard let bytes = try old.read(artifact.path) else { return note(artifact.path, .create) }
        if bytes == artifact.bytes {
            if status.mode == artifact.mode {
                changes.unchanged.insert(index)
                changes.upToDate += 1
            } else {
                note(artifact.path, .changeMode(from: status.mode, to: artifact.mode))
            }
            return
        }
        switch lock.ownership(of: artifact.path, bytes: bytes) {
        case .foreign: return refuse(artifact.path, for: artifact.path)
        case .edited: reportEdit(artifact.path)
        case .ours, .secret: break
        }
        note(artifact.path, .change(countingLines ? LineChange(from: bytes, to: artifact.bytes) : nil))
    }

    /// Files of the last build that this one does not make.
    private mutating func considerRetired(_ made: Set<String>) throws(FileError) {
        for path in lock.paths.sorted() where !made.contains(path) && request.isAbout(path) {
            guard old.snapshot[path]?.kind == .file else { continue }
            guard let bytes = try old.read(path) else { continue }
            switch lock.ownership(of: path, bytes: bytes) {
            case .ours:
                changes.removed.insert(path)
                note(path, .remove)
            case .secret: reportKept(path, "it holds secrets, so edits of it cannot be told")
            case .edited, .foreign: reportKept(path, "it was edited since the last build")
            }
        }
    }

    /// The first folder on the way to an output that is something else.
    private func blockedFolder(of path: String) -> String? {
        for slash in path.utf8.indices where path.utf8[slash] == UInt8(ascii: "/") {
            let folder = String(path[..<slash])
            if let status = old.snapshot[folder], status.kind != .directory { return folder }
        }
        return nil
    }

    private mutating func note(_ path: String, _ action: OutputChanges.Action) {
        changes.changes.append(OutputChanges.Change(path: path, action: action))
    }

    private mutating func refuse(_ blocker: String, for path: String) {
        changes.diagnostics.append(
            Diagnostic(
                .outputOccupied, .error, "\(blocker) is in the way of an output and was not made by connectorgen",
                at: nil,
                notes: blocker == path ? [] : ["the output is \(path)"],
                help: "move it away, or build into another directory; it is never overwritten"))
    }

    private mutating func reportKept(_ path: String, _ reason: String) {
        changes.diagnostics.append(
            Diagnostic(
                .outputKept, .warning, "\(path) is no longer an output, but \(reason), so it stays", at: nil,
                help: "remove it yourself when nothing needs it"))
    }

    private mutating func reportEdit(_ path: String) {
        changes.diagnostics.append(
            Diagnostic(
                .outputEdited, force ? Severity.warning : .error, "\(path) was edited since the last build",
                at: nil,
                notes: force ? ["the edits are overwritten"] : ["a build would overwrite the edits"],
                help: force ? nil : "carry the change into the spec, or overwrite it with --force"))
    }
}
