import Glibc

/// Where a command prints its result. That a result cannot be printed is a failure of the command.
enum StandardOutput {
    static func write(_ text: String) throws(StartFailure) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .environment("cannot write the result: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Columns of the terminal; nil where the output is none.
    static var columns: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
