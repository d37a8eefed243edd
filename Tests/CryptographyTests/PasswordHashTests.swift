import Cryptography
import TestSupport
import Testing

@Suite("password hashes are argon2id and capped")
struct PasswordHashTests {
    static let cheap = PasswordHash.Cost(memoryKiB: 8, passes: 1)

    @Test("a hash knows its password and no other")
    func matches() async throws {
        try await onThread {
            let hash = try PasswordHash.make(Secret("correct horse"), cost: Self.cheap)
            #expect(hash.cost == Self.cheap)
            #expect(try PasswordHash.parse(hash.text) == hash)
            #expect(try hash.matches(Secret("correct horse")))
            for wrong in ["", "correct horse ", "Correct horse", "correct hors", "correct horse\u{0}"] {
                #expect(try !hash.matches(Secret(wrong)))
            }
            #expect(try PasswordHash.make(Secret("correct horse"), cost: Self.cheap) != hash)
            #expect("\(hash)" == "(password hash)")
        }
    }

    @Test("the default cost is libsodium's for logins")
    func interactive() async throws {
        let hash = try await onThread { try PasswordHash.make(Secret("p")) }
        #expect(hash.text.contains("$argon2id$v=19$m=65536,t=2,p=1$"))
    }

    @Test("an empty password has no hash")
    func empty() {
        #expect(throws: CryptographyError.self) { try PasswordHash.make(Secret(""), cost: Self.cheap) }
    }

    @Test(
        "a hash that costs too much, of another kind or misspelt is refused when it is read",
        arguments: [
            "$argon2id$v=19$m=1048576,t=2,p=1$", "$argon2id$v=19$m=65536,t=9,p=1$", "$argon2id$v=19$m=65536,t=2,p=4$",
            "$argon2i$v=19$m=65536,t=2,p=1$", "$argon2id$v=16$m=65536,t=2,p=1$", "$argon2id$m=65536,t=2,p=1$",
            "$argon2id$v=19$t=2,m=65536,p=1$", "$argon2id$v=19$m=065536,t=2,p=1$", "$argon2id$v=19$m=65536,t=2$",
            "$argon2id$v=19$m=99999999999999999999,t=2,p=1$", "$argon2id$v=19$m=-1,t=2,p=1$",
            "argon2id$v=19$m=8,t=1,p=1$",
            "$argon2id$v=19$m=0,t=0,p=1$", "$2b$12$", "",
        ])
    func refused(start: String) {
        #expect(throws: CryptographyError.self) {
            try PasswordHash.parse(start + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        }
    }

    @Test("salt and hash have their one length and spelling")
    func parts() throws {
        let start = "$argon2id$v=19$m=8,t=1,p=1$"
        let salt = "AAAAAAAAAAAAAAAAAAAAAA"
        let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(try PasswordHash.parse("\(start)\(salt)$\(hash)").cost == Self.cheap)
        for (salt, hash) in [
            (salt, hash + "A"), (salt + "AA", hash), (salt, ""), ("", hash), (salt, hash.dropLast() + "B"),
            (salt, hash + "$"), (salt, hash.dropLast() + "="), (salt, "-" + hash.dropFirst()),
        ] as [(String, any StringProtocol)] {
            #expect(throws: CryptographyError.self) { try PasswordHash.parse("\(start)\(salt)$\(hash)") }
        }
    }
}
