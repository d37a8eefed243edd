import CSystemCalls
import Cryptography
import Glibc

/// Where a password comes from: a person at a terminal, or the one line of a pipe.
enum PasswordPrompt {
    private static let limit = LocalLogin.longestPassword + 1

    static func read() throws(StartFailure) -> Secret {
        guard isatty(STDIN_FILENO) == 1 else { return try readLine() }
        let first = try ask("Password: ")
        guard first == (try ask("Again: ")) else {
            throw StartFailure("\(ConnectorgenAuth.name): the two are not the same\n", .invalid)
        }
        return first
    }

    private static func ask(_ prompt: String) throws(StartFailure) -> Secret {
        StandardError.write(prompt)
        StandardError.flush()
        var line = [CChar](repeating: 0, count: limit)
        var signal: Int32 = 0
        let length = connectorgen_read_hidden_line(STDIN_FILENO, &line, line.count, &signal)
        guard length >= 0 else {
            if signal != 0 {
                StandardError.write("\n")
                StandardError.flush()
                _exit(128 + signal)
            }
            throw .environment("no password came: \(String(cString: strerror(errno)))")
        }
        return try secret(line.prefix(length).map { UInt8(bitPattern: $0) })
    }

    /// The whole of standard input, which is one line, its end left out.
    private static func readLine() throws(StartFailure) -> Secret {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: limit + 2)
        while bytes.count <= limit + 2 {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw .environment("cannot read standard input: \(String(cString: strerror(errno)))")
            }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        guard !bytes.contains(0x0A) else {
            throw StartFailure("\(ConnectorgenAuth.name): standard input has more than one line\n", .invalid)
        }
        return try secret(bytes)
    }

    private static func secret(_ bytes: [UInt8]) throws(StartFailure) -> Secret {
        guard bytes.count < limit else {
            throw StartFailure(
                "\(ConnectorgenAuth.name): the password is longer than \(LocalLogin.longestPassword) bytes\n", .invalid)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw StartFailure("\(ConnectorgenAuth.name): the password is not UTF-8\n", .invalid)
        }
        return Secret(bytes)
    }
}
