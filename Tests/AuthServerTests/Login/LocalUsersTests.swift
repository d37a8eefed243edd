import Cryptography
import Diagnostics
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("the users file")
struct LocalUsersTests {
    /// A hash of the right form that no test has to compute.
    static let hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

    private static func parse(_ text: String) -> (users: LocalUsers?, diagnostics: [Diagnostic]) {
        LocalUsers.parse(Array(text.utf8), place: "the users file `/etc/users`")
    }

    @Test("lines, comments, blank lines and other line ends are read")
    func good() throws {
        let users = try #require(
            Self.parse("# people\n\nalice:\(Self.hash)\r\n  # more\nbob@example.com:\(Self.hash)  \n").users)
        #expect(users.names == ["alice", "bob@example.com"])
        #expect(users["alice"]?.subject == "alice")
        #expect(users["ALICE"] == nil && users["alice "] == nil && users[""] == nil)
    }

    static let broken: [(String, String, String)] = [
        ("alice\n", "CG721", "line 1: the line is no `name:hash`"),
        ("\n:\(hash)\n", "CG721", "line 2: the name is not one"),
        ("al ice:\(hash)\n", "CG721", "line 1: the name is not one"),
        ("älice:\(hash)\n", "CG721", "line 1: the name is not one"),
        ("\(String(repeating: "a", count: 65)):\(hash)\n", "CG721", "line 1: the name is not one"),
        ("alice:\n", "CG722", "line 1: the hash of `alice` cannot be used"),
        ("alice:planted-password\n", "CG722", "line 1"),
        ("alice:$2y$10$plantedplantedplantedplantedplantedplanted\n", "CG722", "line 1"),
        ("alice: \(hash)\n", "CG722", "line 1"),
        ("alice:\(hash):1000\n", "CG722", "line 1"),
        ("alice:\(hash.replacing("m=65536", with: "m=262145"))\n", "CG722", "may cost at most 262144 KiB"),
        ("alice:\(hash.replacing("t=2", with: "t=9"))\n", "CG722", "8 passes"),
        ("alice:\(hash)\nbob:\(hash)\nalice:\(hash)\n", "CG723", "line 3: the user `alice` stands on line 1 already"),
        ("# nobody\n", "CG724", "no user is in it"),
        ("", "CG724", "no user is in it"),
    ]

    @Test("what is wrong is said with its line and what to do, and never with the hash", arguments: broken)
    func bad(_ text: String, _ code: String, _ mention: String) throws {
        let (users, diagnostics) = Self.parse(text)
        #expect(users == nil)
        let finding = try #require(diagnostics.first)
        #expect(finding.code.description == code && diagnostics.count == 1)
        #expect(finding.message.contains(mention) && finding.message.hasPrefix("the users file `/etc/users`"))
        #expect(finding.help != nil && finding.primary == nil)
        let report = Report(diagnostics: diagnostics, sources: SourceMap(), exitCode: 2)
        let shown = String(decoding: report.render(.human, style: .plain), as: UTF8.self)
        for secret in ["planted", "argon2id$", "c2FsdHN", "AAECAwQF"] { #expect(!shown.contains(secret)) }
    }

    @Test("all lines that are wrong are named in one run")
    func all() {
        #expect(Self.parse("a\nb\nalice:\(Self.hash)\nc:x\n").diagnostics.count == 3)
    }

    @Test("a file that is not there is an error of its own, and so is one of the wrong kind")
    func absent() throws {
        #expect(LocalUsers.load(.file("/nonexistent/users")).diagnostics.map(\.code) == [.usersUnreadable])
        #expect(LocalUsers.load(.file("/tmp")).diagnostics.map(\.code) == [.usersUnreadable])
        let folder = try TemporaryFolder()
        let path = try folder.write("users", "alice:\(Self.hash)\n")
        #expect(LocalUsers.load(.file(path)).users?.count == 1)
    }

    @Test("a name that nobody has costs what the costliest user costs, and no password is right for it")
    func nobody() throws {
        let cheap = Self.hash.replacing("m=65536", with: "m=8").replacing("t=2", with: "t=1")
        let users = try #require(Self.parse("a:\(cheap)\nb:\(cheap.replacing("m=8,", with: "m=16,"))\n").users)
        #expect(users.nobody.cost == PasswordHash.Cost(memoryKiB: 16, passes: 1))
        #expect(try !users.nobody.matches(Secret("-")) && !users.nobody.matches(Secret("password")))
    }

    @Test("any bytes are users or diagnostics", arguments: 0..<40)
    func fuzz(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let text = "alice:\(Self.hash)\n" + HostileValues.random(length: 20, using: &generator)
            let (users, diagnostics) = Self.parse(text)
            #expect((users == nil) == !diagnostics.isEmpty)
        }
    }
}
