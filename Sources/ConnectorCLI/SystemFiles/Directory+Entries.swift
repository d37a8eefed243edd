import CSystemCalls
import Glibc

/// Changing entries: links, names, removal, locks.
extension Directory {
    /// A second name for the file (or symbolic link) of another directory.
    func link(_ name: String, from source: Directory) throws(FileError) {
        _ = try checked("link", pathOf(name)) { linkat(source.descriptor, name, descriptor, name, 0) }
    }

    /// Both entries change places in one step.
    func exchange(_ first: String, _ second: String) throws(FileError) {
        _ = try checked("swap", pathOf(first)) { connectorgen_exchange(descriptor, first, second) }
    }

    /// Gives an entry a name that nothing has yet.
    func rename(_ from: String, toNew name: String) throws(FileError) {
        _ = try checked("create", pathOf(name)) { connectorgen_rename_new(descriptor, from, name) }
    }

    /// Puts a file in the place of what has its name, in one step.
    func replaceFile(_ name: String, with bytes: [UInt8], mode: UInt16) throws(FileError) {
        let staging = StagingName.random(for: name)
        do throws(FileError) {
            let file = try makeFile(staging)
            try file.write(bytes)
            try file.setMode(mode)
            try file.sync()
            _ = try checked("replace", pathOf(name)) { renameat(descriptor, staging, descriptor, name) }
        } catch {
            try? removeFile(staging)
            throw error
        }
    }

    /// Removes a file or a symbolic link; none there is as good.
    func removeFile(_ name: String) throws(FileError) {
        guard unlinkat(descriptor, name, 0) != 0, errno != ENOENT else { return }
        throw FileError("remove", pathOf(name), code: errno)
    }

    func removeEmptyDirectory(_ name: String) throws(FileError) {
        guard unlinkat(descriptor, name, Int32(AT_REMOVEDIR)) != 0, errno != ENOENT else { return }
        throw FileError("remove", pathOf(name), code: errno)
    }

    /// Removes a directory with everything in it, without leaving it through a symbolic link.
    func removeTree(_ name: String) throws(FileError) {
        do {
            let tree = try directory(name)
            for entry in try tree.names() {
                if try tree.status(of: entry)?.kind == .directory {
                    try tree.removeTree(entry)
                } else {
                    try tree.removeFile(entry)
                }
            }
        }
        try removeEmptyDirectory(name)
    }

    /// Takes the advisory lock of the directory (`flock(2)`), which ends with the descriptor, however the
    /// process ends. `waiting` is called once when another process holds it.
    func lock(exclusively: Bool, waiting: () -> Void) throws(FileError) {
        let operation = exclusively ? LOCK_EX : LOCK_SH
        if flock(descriptor, operation | LOCK_NB) == 0 { return }
        if errno == EWOULDBLOCK { waiting() }
        _ = try checked("lock", path) { flock(descriptor, operation) }
    }
}
