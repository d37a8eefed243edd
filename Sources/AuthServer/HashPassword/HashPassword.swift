import CommandLineSyntax
import Cryptography
import Diagnostics
import Glibc

/// `connectorgen-auth hash-password`: asks for a password and prints what a users file has for it.
enum HashPassword {
    static let user = Option.value("user", short: "u", "NAME", help: "print a whole line of a users file for this name")
    static let memory = Option.value(
        "memory", "MIB", help: "memory that one check takes, \(memoryRange.lowerBound) to \(memoryRange.upperBound); 64"
    )
    static let passes = Option.value(
        "passes", "N", help: "passes over that memory, \(passesRange.lowerBound) to \(passesRange.upperBound); 2")

    static let command = Command(
        "hash-password", "make the argon2id hash of a password for a users file",
        discussion: [
            "On a terminal it asks twice and shows nothing; otherwise it reads one line from standard input. The hash, "
                + "and nothing else, goes to standard output.",
            "A check costs about a tenth of a second and the memory given here, each time somebody signs in. The name of a user is "
                + "the subject of their tokens: do not give the name of one person to another.",
        ],
        options: [user, memory, passes],
        examples: [
            Example(
                "connectorgen-auth hash-password --user alice >> /etc/connectorgen/users", "adds a user, asking twice")
        ])

    /// MiB. The least that is still costly to guess with, and the most that the server takes from a users file.
    private static let memoryRange = 19...(PasswordHash.Cost.maximum.memoryKiB / 1024)
    private static let passesRange = 2...PasswordHash.Cost.maximum.passes
    private static let shortestPassword = 8

    /// The line to print.
    static func run(_ invocation: Invocation) throws(StartFailure) -> String {
        let name = try userName(invocation)
        let cost = PasswordHash.Cost(
            memoryKiB: try number(invocation, memory, memoryRange, PasswordHash.Cost.interactive.memoryKiB / 1024)
                * 1024,
            passes: try number(invocation, passes, passesRange, PasswordHash.Cost.interactive.passes))
        let password = try PasswordPrompt.read()
        let length = password.bytes.count
        guard length >= shortestPassword, length <= LocalLogin.longestPassword else {
            throw failure(
                "the password has \(length) bytes; take \(shortestPassword) to \(LocalLogin.longestPassword)")
        }
        guard !password.bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw failure("the password has a control character, which no form would send")
        }
        do throws(CryptographyError) {
            let hash = try PasswordHash.make(password, cost: cost)
            return (name.map { "\($0):" } ?? "") + hash.text + "\n"
        } catch {
            throw .environment("cannot make the hash: \(error)")
        }
    }

    private static func userName(_ invocation: Invocation) throws(StartFailure) -> String? {
        guard let text = invocation.value(user) else { return nil }
        guard let name = UserName.checked(text.utf8) else {
            throw misuse(
                invocation,
                "--user \(DisplayText.escaped(text)): a name has 1 to \(UserName.longest) ASCII letters, digits and "
                    + ". _ @ + -")
        }
        return name
    }

    private static func number(
        _ invocation: Invocation, _ option: Option, _ range: ClosedRange<Int>, _ standard: Int
    ) throws(StartFailure) -> Int {
        guard let text = invocation.value(option) else { return standard }
        guard text.utf8.count <= 4, let number = Int(text), range.contains(number) else {
            throw misuse(
                invocation,
                "--\(option.name) \(DisplayText.escaped(text)): expected a number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return number
    }

    private static func misuse(_ invocation: Invocation, _ line: String) -> StartFailure {
        StartFailure(invocation.misuse(line).text(program: ConnectorgenAuth.name), .invalid)
    }

    private static func failure(_ line: String) -> StartFailure {
        StartFailure("\(ConnectorgenAuth.name): \(line)\n", .invalid)
    }
}
