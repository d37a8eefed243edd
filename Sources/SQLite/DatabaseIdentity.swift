import Glibc

/// Which files lie under a database's name. One that was removed or replaced beneath an open connection takes
/// everything that is still written with it, and SQLite notices nothing in WAL mode.
struct DatabaseIdentity: Hashable {
    private struct File: Hashable {
        let device: UInt64
        let inode: UInt64

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
        }
    }

    private let path: String
    private let database: File?
    private let log: File?

    init(_ path: String) {
        self.path = path
        database = File(path)
        log = File(path + "-wal")
    }

    /// Throws when they are others now. A log that no connection of ours holds open may come and go.
    func check(holdsLog: Bool) throws(SQLiteError) {
        let now = DatabaseIdentity(path)
        guard now.database == database, !holdsLog || now.log == log else {
            throw .moved(now.database == database ? path + "-wal" : path)
        }
    }
}
