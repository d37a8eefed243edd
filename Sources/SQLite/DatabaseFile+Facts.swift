import CSQLite
import Glibc

extension DatabaseFile {
    /// What the file system says of the file. Two that are equal were taken of a file that nobody wrote in between.
    package struct Facts: Hashable, Sendable {
        package let device, inode: UInt64
        package let size: Int
        let modified: Int64
    }

    private static let companions = ["-wal", "-shm"]

    /// Nil for no file.
    package func facts() throws(SQLiteError) -> Facts? {
        guard let status = try Self.status(of: path) else { return nil }
        return Facts(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
            modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    /// True while a process has the file open, or after one that had it was killed.
    var isInUse: Bool { Self.companions.allSatisfy { access(path + $0, F_OK) == 0 } }

    /// The file as a URI by which SQLite makes no companion and takes no lock (sqlite.org/uri.html).
    var immutableURI: String {
        let escaped = path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "%"): "%25"
            case UInt8(ascii: "?"): "%3f"
            case UInt8(ascii: "#"): "%23"
            default: nil as String?
            }
        }
        let bytes = zip(path.utf8, escaped).flatMap { byte, text in text.map { Array($0.utf8) } ?? [byte] }
        return "file:" + String(decoding: bytes, as: UTF8.self) + "?immutable=1"
    }

    /// Throws when this process could not write the file and its companions, or make them. Changes nothing.
    package func checkWritable() throws(SQLiteError) {
        for name in [path] + Self.companions.map({ path + $0 }) {
            guard let status = try Self.status(of: name) else { continue }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw SQLiteError(code: SQLITE_CANTOPEN, operation: "open the database", reason: "\(name) is no file")
            }
            try Self.checkAccess(name, R_OK | W_OK)
        }
        let folder = self.folder
        try Self.checkAccess(folder, W_OK | X_OK)
        try checkRoom(folder)
    }

    /// A log of a few pages has to have room.
    private func checkRoom(_ folder: String) throws(SQLiteError) {
        var system = statvfs()
        // Some file systems do not count.
        guard statvfs(folder, &system) == 0, system.f_blocks > 0 else { return }
        let free = geteuid() == 0 ? system.f_bfree : system.f_bavail
        guard UInt64(free) * UInt64(system.f_frsize) >= 65_536 else {
            throw SQLiteError(
                code: SQLITE_FULL, operation: "write the database", reason: "no room is left in \(folder)")
        }
    }

    private var folder: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func status(of path: String) throws(SQLiteError) -> stat? {
        var status = stat()
        if stat(path, &status) == 0 { return status }
        if errno == ENOENT { return nil }
        throw failure(path)
    }

    /// Asks for the user that the process acts as.
    private static func checkAccess(_ path: String, _ mode: Int32) throws(SQLiteError) {
        guard faccessat(AT_FDCWD, path, mode, AT_EACCESS) != 0 else { return }
        throw failure(path)
    }

    /// What `errno` says.
    private static func failure(_ path: String) -> SQLiteError {
        SQLiteError(
            code: errno == EROFS ? SQLITE_READONLY : SQLITE_CANTOPEN, operation: "open the database",
            reason: "\(path): \(String(cString: strerror(errno)))")
    }
}
