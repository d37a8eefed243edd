import Glibc

/// Reading files, with errors that name what failed.
enum SystemFile {
    struct Failure: Error, Hashable {
        let path: String
        let code: Int32

        /// `EINVAL` stands for what is neither a file nor a folder.
        var reason: String { code == EINVAL ? "it is no file" : String(cString: strerror(code)) }
    }

    /// What is known of an open file.
    struct Facts: Hashable {
        var isRegular: Bool
        /// The permission bits.
        var mode: UInt32
        var size: Int
    }

    /// All bytes of a regular file of at most `limit` bytes, and what its descriptor says of it; `EFBIG` for a longer
    /// one, `EISDIR` and `EINVAL` for what is no file.
    static func read(_ path: String, limit: Int) throws(Failure) -> (bytes: [UInt8], facts: Facts) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(path: path, code: errno) }
        let kind = status.st_mode & S_IFMT
        let facts = Facts(
            isRegular: kind == S_IFREG, mode: UInt32(status.st_mode & 0o7777), size: Int(status.st_size))
        guard facts.isRegular else { throw Failure(path: path, code: kind == S_IFDIR ? EISDIR : EINVAL) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path: path, code: errno) }
            if count == 0 { return (bytes, facts) }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw Failure(path: path, code: EFBIG) }
        }
    }

    /// By what a file is known to be the one of before, with the same contents.
    struct Identity: Hashable {
        let device, inode: UInt64
        let size: Int64
        /// Nanoseconds; the second is the time of a change of mode, owner or name, too.
        let modified, changed: Int64
    }

    /// Of the file that a path leads to, through links.
    static func identity(_ path: String) throws(Failure) -> Identity {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Failure(path: path, code: errno) }
        func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
        return Identity(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
            modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
    }

    /// The names in a directory, sorted by their bytes; a name that is not UTF-8 is left out.
    static func names(in path: String) throws(Failure) -> [String] {
        guard let stream = opendir(path) else { throw Failure(path: path, code: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw Failure(path: path, code: errno) }
                return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            // `d_name` is an array that ends with NUL inside the entry, which lives until the next call.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
    }
}

extension SystemFile.Failure {
    /// True when there is no such file.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
}
