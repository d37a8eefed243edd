import Glibc

/// The three streams that a process starts with.
enum StandardStreams {
    /// Makes the process ready to meet closed pipes and full disks as failures instead of signals, and
    /// fills the places of closed streams, so that no file of ours is taken for standard output.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
            // The wrong way round on purpose: a read of closed input and a write to closed output fail.
            _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// All of standard input; of a longer text the first `limit` bytes.
    static func readInput(atMost limit: Int, shownAs path: String) throws(FileError) -> [UInt8] {
        let copy = try checked("read", path) { fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) }
        return try OpenFile(adopting: copy, path: path).readAll(atMost: limit)
    }

    static func writeOutput(_ bytes: [UInt8]) throws(FileError) {
        if let code = writeRestarting(STDOUT_FILENO, bytes) {
            throw FileError("write", "standard output", code: code)
        }
    }

    /// Standard error has nobody to tell when it fails.
    static func writeNotice(_ text: String) {
        _ = writeRestarting(STDERR_FILENO, Array(text.utf8))
    }
}
