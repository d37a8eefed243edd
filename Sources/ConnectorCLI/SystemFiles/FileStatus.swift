import Glibc

/// What `fstatat(2)` says of a directory entry.
struct FileStatus: Sendable {
    enum Kind: Hashable, Sendable { case file, directory, symbolicLink, other }

    let kind: Kind
    /// Permission bits, with set-id and sticky bits.
    let mode: UInt16
    let size: Int
    let device: UInt64
    let inode: UInt64
    let owner: UInt32
    let group: UInt32
    let modified: timespec

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        mode = UInt16(truncatingIfNeeded: status.st_mode & 0o7777)
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        owner = status.st_uid
        group = status.st_gid
        modified = status.st_mtim
    }

    /// True when both are the same file on the same file system.
    func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }

    /// True when nobody touched it in between: the same file, of the same size, mode and time.
    func isUntouched(since earlier: FileStatus) -> Bool {
        isSameFile(as: earlier) && kind == earlier.kind && mode == earlier.mode && size == earlier.size
            && modified.tv_sec == earlier.modified.tv_sec && modified.tv_nsec == earlier.modified.tv_nsec
    }
}
