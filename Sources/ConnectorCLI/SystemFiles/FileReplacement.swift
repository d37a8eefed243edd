import Glibc

/// New bytes for a file that somebody else owns: in one step, with its mode and owner, and only as long as it is what was
/// read.
///
/// A symbolic link stays and the file behind it is replaced. The new file is complete and on the disk beside the old one
/// when `renameat2(RENAME_EXCHANGE)` swaps the two; what came out is looked at once more, so that a change in the last
/// moment is put back.
package struct FileReplacement {
    private let path: String
    private let parent: Directory
    private let name: String
    private let old: [UInt8]
    private let new: [UInt8]
    private let status: FileStatus

    /// Fails where the file does not hold `old`.
    package init(_ path: String, of old: [UInt8], with new: [UInt8]) throws(FileError) {
        guard let resolved = realpath(path, nil) else { throw FileError("replace", path, code: errno) }
        let target = String(cString: resolved)
        free(resolved)
        let parts = target.split(separator: "/")
        guard let last = parts.last else {
            throw FileError("replace", path, reason: "it is not a file")
        }
        self.path = path
        name = String(last)
        parent = try Directory.opening("/" + parts.dropLast().joined(separator: "/"))
        (self.old, self.new) = (old, new)
        let file = try parent.file(name)
        status = try file.status()
        guard status.kind == .file, try file.readAll() == old else { throw Self.changed(path) }
    }

    package func perform() throws(FileError) {
        try Interruption.holding { interruption throws(FileError) in
            let staging = StagingName.random(for: name)
            do throws(FileError) {
                let file = try parent.makeFile(staging)
                try file.write(new)
                let own = try file.status()
                if own.owner != status.owner || own.group != status.group {
                    try file.setOwner(status.owner, group: status.group)
                }
                try file.setMode(status.mode)
                try file.sync()
                try interruption.check()
                try swap(staging)
            } catch {
                try? parent.removeFile(staging)
                throw error
            }
            // The old file bears the temporary name now.
            try parent.removeFile(staging)
            try parent.sync()
        }
    }

    private func swap(_ staging: String) throws(FileError) {
        guard try isOld(name) else { throw Self.changed(path) }
        do throws(FileError) {
            try parent.exchange(name, staging)
        } catch {
            guard [EINVAL, ENOSYS].contains(error.code) else { throw error }
            // A file system that cannot swap: the moment between the look and the step stays open.
            _ = try checked("replace", path) { renameat(parent.descriptor, staging, parent.descriptor, name) }
            return
        }
        guard try isOld(staging) else {
            try parent.exchange(name, staging)
            throw Self.changed(path)
        }
    }

    /// True where an entry is the file that was read, with the bytes that were read.
    private func isOld(_ entry: String) throws(FileError) -> Bool {
        guard let now = try parent.status(of: entry), now.isUntouched(since: status) else { return false }
        return try parent.file(entry).readAll() == old
    }

    private static func changed(_ path: String) -> FileError {
        FileError("replace", path, reason: "it changed since it was read", advice: "run again")
    }
}
