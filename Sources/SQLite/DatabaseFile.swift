/// Where a database lies and how its connections are set up.
package struct DatabaseFile: Sendable, Hashable {
    package var path: String
    /// How long a connection waits for the lock of another process. A request takes two connections at most, and
    /// clients give up after ten seconds.
    package var busyTimeout = Duration.milliseconds(1_500)
    /// Pages of 4 KiB that the file may have; nil for no limit. Reaching it is like a full disk.
    package var pageLimit: Int?
    /// Bytes of the file that readers map into memory.
    package var mappedBytes = 256 << 20
    /// Pages in the write-ahead log after which they are moved to the file.
    package var checkpointPages = 4000

    package init(path: String) {
        self.path = path
    }
}
