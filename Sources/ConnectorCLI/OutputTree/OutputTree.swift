import ConnectorBackends
import Diagnostics
import Glibc

/// The output directory of a build, replaced as a whole or not at all.
///
/// The complete new tree is made in a temporary directory beside the old one: new files written and synced,
/// unchanged ones linked (same inode, same modification time), foreign ones carried over. One
/// `renameat2(RENAME_EXCHANGE)` then swaps the two, and the old tree is removed. Whoever looks, whenever the process
/// is killed, sees exactly the old tree or exactly the new one. What a killed build left beside it, the next one
/// removes. Builds of directories with the same parent wait for each other by `flock(2)` on that parent.
package struct OutputTree: Sendable {
    private let location: OutputLocation
    /// Overwrite outputs that somebody edited.
    private let force: Bool

    package init(at location: OutputLocation, force: Bool = false) {
        self.location = location
        self.force = force
    }

    /// What ``write(_:waiting:)`` would do. Writes nothing.
    package func compare(_ request: OutputRequest, waiting: () -> Void = {}) throws(FileError) -> OutputChanges {
        guard access(location.parent, F_OK) == 0 else { return try compare(request, with: nil, countingLines: true) }
        let parent = try location.openParent(creating: false)
        try parent.lock(exclusively: false, waiting: waiting)
        return try compare(request, with: OutputDirectory(at: location, in: parent), countingLines: true)
    }

    /// Makes the output directory hold the artifacts. With an error among the diagnostics of the answer, or when
    /// there is nothing to change, nothing was touched. `waiting` is called once when another build holds the lock.
    package func write(_ request: OutputRequest, waiting: () -> Void = {}) throws(FileError) -> OutputChanges {
        let parent = try location.openParent(creating: true)
        try parent.lock(exclusively: true, waiting: waiting)
        try StagingName.removeLeftovers(of: location.name, in: parent)
        let old = try OutputDirectory(at: location, in: parent)
        let changes = try compare(request, with: old, countingLines: false)
        if changes.isOutdated || changes.isEmpty || changes.diagnostics.hasErrors { return changes }

        let layout = TreeLayout(request.artifacts, changes: changes, snapshot: old?.snapshot)
        let staging = StagingName.random(for: location.name)
        try Interruption.holding { interruption throws(FileError) in
            do throws(FileError) {
                let stage = StagedDirectory(artifacts: request.artifacts)
                let directory = try makeStaging(staging, in: parent)
                try stage.fill(directory, with: layout, from: old?.directory, unless: interruption)
                try swap(staging, for: old, in: parent)
            } catch {
                // What cannot be removed now is removed by the next build.
                try? parent.removeTree(staging)
                throw error
            }
            try parent.sync()
            // The old tree bears the temporary name now.
            if old != nil { try? parent.removeTree(staging) }
        }
        return changes
    }

    /// Lock and provenance map of the last build; nil where there is none that can be read.
    func records() throws(FileError) -> (lock: LockFile?, map: ProvenanceMap?) {
        guard access(location.path, F_OK) == 0 else { return (nil, nil) }
        let parent = try location.openParent(creating: false)
        try parent.lock(exclusively: false) {}
        guard let old = try OutputDirectory(at: location, in: parent) else { return (nil, nil) }
        return (try old.lock().lock, try old.map())
    }

    private func compare(
        _ request: OutputRequest, with old: OutputDirectory?, countingLines: Bool
    ) throws(FileError) -> OutputChanges {
        guard let old else {
            return request.isOutdated(by: nil)
                ? OutputChanges(isOutdated: true) : OutputChanges(creating: request.artifacts)
        }
        let (lock, problem) = try old.lock()
        if request.isOutdated(by: lock) { return OutputChanges(isOutdated: true) }
        var comparison = OutputComparison(
            request, with: old, lock: LockedOutputs(lock), force: force, countingLines: countingLines)
        var changes = try comparison.compare()
        if let problem, !force { changes.diagnostics.insert(problem, at: 0) }
        return changes
    }

    private func makeStaging(_ name: String, in parent: Directory) throws(FileError) -> Directory {
        do {
            return try parent.makeDirectory(name, shownAs: location.path)
        } catch let failure where [EACCES, EPERM, EROFS].contains(failure.code) {
            throw FileError(
                "replace", location.path, code: failure.code,
                advice: "the output directory is swapped as a whole, so the directory above it has to be writable")
        }
    }

    private func swap(_ staging: String, for old: OutputDirectory?, in parent: Directory) throws(FileError) {
        guard let old else { return try parent.rename(staging, toNew: location.name) }
        guard let now = try OutputDirectory(at: location, in: parent), now.snapshot.isUntouched(since: old.snapshot)
        else {
            throw FileError(
                "replace", location.path, reason: "something in it changed during the build", advice: "build again")
        }
        do {
            try parent.exchange(location.name, staging)
        } catch let failure where failure.code == EBUSY || failure.code == EXDEV {
            throw OutputTree.mountPoint(location.path)
        } catch let failure where failure.code == EINVAL || failure.code == ENOSYS {
            throw FileError(
                "replace", location.path, reason: "its file system cannot swap directories in one step",
                advice: "build on a local file system and copy the result")
        }
    }

    static func mountPoint(_ path: String) -> FileError {
        FileError(
            "replace", path, reason: "it is a mount point", advice: "build into a directory in it, like \(path)/out")
    }
}
