import Glibc

/// Reading files, with errors that name what failed.
enum SystemFile {
    struct Failure: Error, Hashable {
        let path: String
        let code: Int32

        var reason: String { String(cString: strerror(code)) }
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
}

extension SystemFile.Failure {
    /// True when there is no such file.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
}
