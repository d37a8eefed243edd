import Glibc

/// Where the server says what it does. Nobody waits for it, whoever reads it or does not (``LogWriter``).
enum StandardError {
    private static let log = LogWriter(descriptor: STDERR_FILENO)

    static func write(_ text: String) {
        log.write(text)
    }

    static func line(_ text: String) {
        write("\(ConnectorgenAuth.name): \(text)\n")
    }

    /// Waits until all is written, for a second at most. Whatever ends the process calls it before.
    static func flush() {
        log.flush(within: .seconds(1))
    }
}
