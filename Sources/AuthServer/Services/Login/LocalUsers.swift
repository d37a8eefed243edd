import Cryptography
import Diagnostics
import OAuthModel
import RuntimeConfig

/// The people of a deployment with logins of its own: lines of `name:argon2id-hash`, blank lines, and comments that
/// begin with `#`.
///
/// The name is the subject, byte for byte: it stands in tokens as `sub` and in `X-MCP-Subject`. Whoever renames a user
/// makes a new subject, and a name that was one person's must not become another's. Names are 1 to 64 ASCII letters,
/// digits and `.` `_` `@` `+` `-`, so that they pass any header, log and client as they are.
struct LocalUsers: Sendable {
    struct User: Sendable {
        let name: String
        let hash: PasswordHash

        /// `sub` (RFC 7519 §4.1.2).
        var subject: String { name }
    }

    private let users: [String: User]
    /// Costs as much to check as the costliest of the users, and belongs to no password.
    let nobody: PasswordHash

    /// Most files have a few lines; this is the most that is read.
    static let largestFile = 1 << 20

    subscript(name: String) -> User? { users[name] }

    var count: Int { users.count }
    var names: [String] { users.keys.sorted() }
    var all: some Collection<User> { users.values }

    /// How messages name a users file.
    static func place(ofFile path: String) -> String { "the users file `\(DisplayText.escaped(path))`" }

    /// Reads the lines of `place`, which messages name. Nil when a line is wrong; no diagnostic shows a hash.
    static func parse(
        _ bytes: [UInt8], place: String, random: some RandomSource = SystemRandom()
    ) -> (users: LocalUsers?, diagnostics: [Diagnostic]) {
        var reader = UserLines(place: place)
        reader.read(bytes)
        guard !reader.diagnostics.hasErrors else { return (nil, reader.diagnostics) }
        let cost = PasswordHash.Cost(
            memoryKiB: reader.users.values.map(\.hash.cost.memoryKiB).max() ?? PasswordHash.Cost.interactive.memoryKiB,
            passes: reader.users.values.map(\.hash.cost.passes).max() ?? PasswordHash.Cost.interactive.passes)
        do throws(CryptographyError) {
            let nobody = try PasswordHash.unmatched(cost, random: random)
            return (LocalUsers(users: reader.users, nobody: nobody), reader.diagnostics)
        } catch {
            return (nil, [Diagnostic(.usersUnreadable, "\(place): \(error)", at: nil)])
        }
    }

    /// Reads what the config's `users` refers to: a file, or a variable of the environment with the lines in it.
    static func load(
        _ secret: SecretReference, surroundings: Surroundings = .process
    ) -> (users: LocalUsers?, diagnostics: [Diagnostic]) {
        switch secret {
        case .environment(let name):
            return parse(
                Array((surroundings.variable(name.text) ?? "").utf8), place: "the environment variable `\(name.text)`")
        case .file(let path):
            let place = place(ofFile: path)
            do throws(SystemFile.Failure) {
                return parse(try SystemFile.read(path, limit: largestFile).bytes, place: place)
            } catch {
                return (nil, [Diagnostic(.usersUnreadable, "\(place) cannot be read: \(error.reason)", at: nil)])
            }
        }
    }
}

/// Reads the lines; all that is wrong with them is told in one run.
private struct UserLines {
    let place: String
    var users: [String: LocalUsers.User] = [:]
    var diagnostics: [Diagnostic] = []
    private var firstLines: [String: Int] = [:]

    init(place: String) {
        self.place = place
    }

    mutating func read(_ bytes: [UInt8]) {
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var content = line
            while let last = content.last, last == 0x20 || last == 0x09 || last == 0x0D { content.removeLast() }
            guard let first = content.first(where: { $0 != 0x20 && $0 != 0x09 }), first != UInt8(ascii: "#") else {
                continue
            }
            read(content, line: index + 1)
        }
        if users.isEmpty, diagnostics.isEmpty {
            note(.usersEmpty, nil, "no user is in it", help: Self.advice)
        }
    }

    private mutating func read(_ content: ArraySlice<UInt8>, line: Int) {
        guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else {
            return note(.userLine, line, "the line is no `name:hash`", help: Self.advice)
        }
        guard let name = UserName.checked(content[..<colon]) else {
            return note(
                .userLine, line, "the name is not one",
                help: "a name has 1 to \(UserName.longest) ASCII letters, digits and . _ @ + -")
        }
        if let earlier = firstLines.updateValue(line, forKey: name) {
            note(
                .userTwice, line, "the user `\(name)` stands on line \(earlier) already",
                help: "keep one of the lines; a password that was replaced must not work any more")
        }
        do throws(CryptographyError) {
            let hash = try PasswordHash.parse(String(decoding: content[(colon + 1)...], as: UTF8.self))
            users[name] = LocalUsers.User(name: name, hash: hash)
        } catch {
            note(.userHash, line, "the hash of `\(name)` cannot be used: \(error)", help: Self.advice)
        }
    }

    private mutating func note(_ code: DiagnosticCode, _ line: Int?, _ message: String, help: String) {
        let location = line.map { "\(place), line \($0)" } ?? place
        // Without a span, because an excerpt would show the hash.
        diagnostics.append(Diagnostic(code, "\(location): \(message)", at: nil, help: help))
    }

    private static let advice = "make a line with: \(ConnectorgenAuth.name) hash-password --user NAME"
}
