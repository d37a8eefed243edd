import CSystemCalls
import Glibc

/// An open file and its descriptor, closed when the value ends.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    /// For messages.
    let path: String

    init(adopting descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens for reading; a symbolic link is followed, as for any file that the user names.
    static func reading(_ path: String) throws(FileError) -> OpenFile {
        let descriptor = try checked("read", path) { open(path, O_RDONLY | O_CLOEXEC) }
        return OpenFile(adopting: descriptor, path: path)
    }

    func status() throws(FileError) -> FileStatus {
        var status = stat()
        _ = try checked("read", path) { fstat(descriptor, &status) }
        return FileStatus(status)
    }

    /// The bytes from here to the end; of a longer text the first `limit`.
    func readAll(atMost limit: Int = .max) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        // One byte more than the file has, so that its end is seen by the second call.
        var room = max(try status().size + 1, 4096)
        while bytes.count < limit {
            var failure: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: min(room, limit - bytes.count)) { buffer, count in
                let result = readRestarting(descriptor, buffer.baseAddress, buffer.count)
                if result < 0 { failure = errno }
                count = max(result, 0)
            }
            if failure != 0 { throw FileError("read", path, code: failure) }
            if chunk.isEmpty { break }
            if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
            room = max(room - chunk.count, 1 << 16)
        }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        if let code = writeRestarting(descriptor, bytes) { throw FileError("write", path, code: code) }
    }

    /// Permission bits, whatever the umask.
    func setMode(_ mode: UInt16) throws(FileError) {
        _ = try checked("set the mode of", path) { fchmod(descriptor, mode_t(mode)) }
    }

    func setOwner(_ owner: UInt32, group: UInt32) throws(FileError) {
        _ = try checked("set the owner of", path) { fchown(descriptor, owner, group) }
    }

    /// Sends the bytes on their way to the disk, so that a later sync has less to wait for. What goes wrong with them
    /// is told by that sync.
    func startWriting() { _ = connectorgen_start_writing(descriptor) }

    /// Waits until the bytes are on the disk.
    func sync() throws(FileError) {
        _ = try checked("sync", path) { fsync(descriptor) }
    }
}

/// `read(2)`, called again while signals interrupt it.
private func readRestarting(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    while true {
        let result = read(descriptor, buffer, count)
        if result >= 0 || errno != EINTR { return result }
    }
}

/// Writes all bytes; the error number when that fails.
func writeRestarting(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
    bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count {
            let result = write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            if result >= 0 { done += result } else if errno != EINTR { return errno }
        }
        return nil
    }
}
