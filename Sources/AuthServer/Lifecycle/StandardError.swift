import Glibc

/// Where the server says what it does. Nobody is told when that fails.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            sent += count
        }
    }

    static func line(_ text: String) {
        write("\(ConnectorgenAuth.name): \(text)\n")
    }
}
