import Cryptography
import Glibc
import OAuthModel
import RuntimeConfig
import WebSyntax

/// The secret that all keys of the server derive from.
enum MasterKey {
    static let length = 32

    /// The key that the config names, or the one beside an SQLite store; nil where that is yet to be made.
    static func find(
        _ secret: SecretReference?, database path: String, surroundings: Surroundings
    ) throws(StartFailure) -> Secret? {
        guard let secret else { return try existing(file(beside: path)) }
        return try check(secret, surroundings: surroundings)
    }

    private static func file(beside database: String) -> String { database + ".key" }

    /// Reads the key that the config names, and refuses one that can be guessed.
    @discardableResult
    static func check(
        _ secret: SecretReference, surroundings: Surroundings = .process
    ) throws(StartFailure) -> Secret {
        let value = try secret.value(surroundings)
        if let weakness = KeyWeakness(of: value) {
            let place =
                switch secret {
                case .environment(let name): "the environment variable \(name.text)"
                case .file(let path): "the file \(path)"
                }
            throw StartFailure(
                "\(ConnectorgenAuth.name): the key of this server, from \(place), \(weakness): "
                    + "make one with: openssl rand -base64 32\n",
                .invalid)
        }
        return value
    }

    /// Reads the key beside an SQLite store, and makes it when there is none. That the store is new, so that nothing in
    /// it needs another key, ``StartCheck`` has seen before.
    ///
    /// The file is written whole under a name of its own and then linked, so that of several processes that start at
    /// once one makes the key and the others read that one.
    static func beside(database path: String, random: some RandomSource = SystemRandom()) throws(StartFailure) -> Secret
    {
        let file = file(beside: path)
        for _ in 0..<2 {
            if let found = try existing(file) { return found }
            try make(file, random)
        }
        throw .environment("cannot read the key of this server that was just made: \(file)")
    }

    private static func existing(_ file: String) throws(StartFailure) -> Secret? {
        let read: (bytes: [UInt8], facts: SystemFile.Facts)
        do throws(SystemFile.Failure) {
            read = try SystemFile.read(file, limit: 4_096)
        } catch {
            if error.isAbsence { return nil }
            throw .environment("cannot read the key of this server, \(file): \(error.reason)")
        }
        guard read.facts.mode & 0o077 == 0 else {
            throw StartFailure(
                "connectorgen-auth: \(file), the key of this server, can be read by others: chmod 600 it\n", .invalid)
        }
        // One line, and nothing behind it.
        let text = String(decoding: read.bytes.last == 0x0A ? read.bytes.dropLast() : read.bytes[...], as: UTF8.self)
        guard let key = Base64URL.decode(text), key.count == length else {
            throw StartFailure(
                "connectorgen-auth: \(file) is not the key that this server made: restore it from the back-up of the store\n",
                .invalid)
        }
        return Secret(key)
    }

    private static func syncDirectory(of file: String) -> Bool {
        let parent = file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
        let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    private static func make(_ file: String, _ random: some RandomSource) throws(StartFailure) {
        let draft = "\(file).\(getpid())"
        defer { unlink(draft) }
        let failed: (String) -> StartFailure = { step in
            .environment("cannot make the key of this server, \(file): \(step): \(String(cString: strerror(errno)))")
        }
        let bytes: [UInt8]
        do { bytes = try random.bytes(length) } catch { throw .environment("no random bytes: \(error)") }
        let text = Array((Base64URL.encode(bytes) + "\n").utf8)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failed("open") }
        defer { close(descriptor) }
        let count = write(descriptor, text, text.count)
        // A part of a few bytes is written where there is no room for more, and that sets no error.
        if count >= 0, count < text.count { errno = ENOSPC }
        guard count == text.count else { throw failed("write") }
        guard fsync(descriptor) == 0 else { throw failed("sync") }
        guard link(draft, file) == 0 || errno == EEXIST else { throw failed("link") }
        // A store whose key did not survive a power cut could not be opened again.
        guard syncDirectory(of: file) else { throw failed("sync its directory") }
    }
}
