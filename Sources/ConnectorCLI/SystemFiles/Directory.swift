import CSystemCalls
import Glibc

/// An open directory. Everything below it is reached from its descriptor, one name at a time and without
/// following symbolic links, so that nobody can redirect a path while we work.
///
/// A class because its end closes the descriptor; nothing in it changes, so it can be shared.
final class Directory: Sendable {
    let descriptor: Int32
    /// For messages, as the user would write it.
    let path: String

    private init(adopting descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens a directory that the user named; symbolic links on the way are followed.
    static func opening(_ path: String) throws(FileError) -> Directory {
        let descriptor = try checked("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        return Directory(adopting: descriptor, path: path)
    }

    /// Opens an entry that is a directory; a symbolic link is refused (`ENOTDIR`).
    func directory(_ name: String, shownAs shown: String? = nil) throws(FileError) -> Directory {
        let descriptor = try checked("open", pathOf(name)) {
            openat(self.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        return Directory(adopting: descriptor, path: shown ?? pathOf(name))
    }

    /// Makes a directory, open to the owner alone, and opens it. `shown` stands for it in messages.
    func makeDirectory(_ name: String, shownAs shown: String? = nil) throws(FileError) -> Directory {
        _ = try checked("create", shown ?? pathOf(name)) { mkdirat(descriptor, name, 0o700) }
        return try directory(name, shownAs: shown)
    }

    /// The file of an entry, for reading; a symbolic link is refused (`ELOOP`).
    func file(_ name: String) throws(FileError) -> OpenFile {
        let descriptor = try checked("read", pathOf(name)) {
            openat(self.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        return OpenFile(adopting: descriptor, path: pathOf(name))
    }

    /// A new file, readable by the owner alone until its mode is set; an entry of that name is a failure.
    func makeFile(_ name: String) throws(FileError) -> OpenFile {
        let descriptor = try checked("create", pathOf(name)) {
            openat(self.descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        }
        return OpenFile(adopting: descriptor, path: pathOf(name))
    }

    /// What an entry is, itself and not what it points to; nil when there is none.
    func status(of name: String) throws(FileError) -> FileStatus? {
        var status = stat()
        while fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
            switch errno {
            case EINTR: continue
            case ENOENT: return nil
            case let code: throw FileError("examine", pathOf(name), code: code)
            }
        }
        return FileStatus(status)
    }

    /// What the directory itself is.
    func status() throws(FileError) -> FileStatus {
        var status = stat()
        _ = try checked("examine", path) { fstat(descriptor, &status) }
        return FileStatus(status)
    }

    /// The names in it that begin with a text, sorted by bytes, without `.` and `..`. One of these that is not UTF-8
    /// cannot be carried over faithfully and is a failure; others are not looked at.
    func names(startingWith prefix: String = "") throws(FileError) -> [String] {
        // fdopendir(3) takes the descriptor over, so it gets one of its own.
        let own = try checked("list", path) { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(own) else {
            let code = errno
            close(own)
            throw FileError("list", path, code: code)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw FileError("list", path, code: errno) }
                break
            }
            // `d_name` is an array that ends with NUL inside the entry, which lives until the next call.
            let (isAsked, name) = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { bytes -> (Bool, String?) in
                    guard strncmp(bytes, prefix, prefix.utf8.count) == 0 else { return (false, nil) }
                    return (true, String(validatingCString: bytes))
                }
            }
            guard isAsked else { continue }
            guard let name else {
                throw FileError("list", path, reason: "it holds a name that is not UTF-8", advice: "rename that file")
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Permission bits, whatever the umask.
    func setMode(_ mode: UInt16) throws(FileError) {
        _ = try checked("set the mode of", path) { fchmod(descriptor, mode_t(mode)) }
    }

    func setOwner(_ owner: UInt32, group: UInt32) throws(FileError) {
        _ = try checked("set the owner of", path) { fchown(descriptor, owner, group) }
    }

    /// Waits until the names in it are on the disk.
    func sync() throws(FileError) {
        _ = try checked("sync", path) { fsync(descriptor) }
    }

    /// Waits until everything written to its file system is on the disk.
    func syncFileSystem() throws(FileError) {
        _ = try checked("sync", path) { connectorgen_sync_file_system(descriptor) }
    }

    func pathOf(_ name: String) -> String { path == "." ? name : path == "/" ? "/" + name : path + "/" + name }
}
