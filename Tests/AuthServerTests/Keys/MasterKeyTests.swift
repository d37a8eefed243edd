import Cryptography
import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing
import WebSyntax

@testable import AuthServer

@Suite("the master key")
struct MasterKeyTests {
    @Test(
        "J12 a short, well-known or patterned key is refused",
        arguments: [
            "", "short", String(repeating: "x", count: 31), String(repeating: "x", count: 64),
            "changemechangemechangemechangeme", "ChangeMe-0123456789-abcdefgh-xyzw",
            "please-change_me-7f3a9c1e5b2d8f60a4",
            "my-super-secret-signing-key-of-ours", "Password12345678901234567890qwxz",
            String(repeating: "ab12", count: 16),
            "0123456789abcdef0123456789abcdef", "abcdefghijklmnopqrstuvwxyz012345", "11111111111111112222222222222222",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "00000000000000000000000000000001",
            "example-key-7f3a9c1e5b2d8f60a4c29d",
        ])
    func weak(text: String) {
        #expect(KeyWeakness(of: Secret(text)) != nil)
        #expect(throws: StartFailure.self) {
            try MasterKey.check(
                .environment(right("KEY")),
                surroundings: Surroundings(variable: { _ in text }, file: Surroundings.process.file))
        }
    }

    @Test("keys that chance made are taken, however they are written")
    func good() throws {
        for _ in 0..<1_000 {
            let bytes = try SystemRandom().bytes(32)
            #expect(KeyWeakness(of: Secret(Base64URL.encode(bytes))) == nil)
            #expect(KeyWeakness(of: Secret(bytes)) == nil)
            let hexadecimal = bytes.prefix(16).map { String(format: "%02x", $0) }.joined()
            #expect(KeyWeakness(of: Secret(hexadecimal)) == nil)
        }
    }

    @Test("J12 the server does not start with a weak key, says why, and repeats nothing of it")
    func boot() async throws {
        for (text, word) in [("tooshort-4711", "has 13 bytes"), ("changeme-changeme-changeme-changeme", "changeme")] {
            for arguments in [[], ["--check"]] {
                let done = try await Self.run(arguments, key: text)
                #expect(done.exit == .code(2))
                #expect(done.errors.contains(word) && done.errors.contains("OAUTH_MASTER_KEY"))
                #expect(done.errors.split(separator: "\n").count == 1)
                #expect(!done.errors.contains(text))
            }
        }
        let done = try await Self.run(["--check"], key: Base64URL.encode(try SystemRandom().bytes(32)))
        #expect(done.exit == .code(0))
    }

    @Test("a key that the config names is used, and a missing one is told at its place")
    func named() async throws {
        let key = Base64URL.encode(try SystemRandom().bytes(32))
        let server = try await ServerProcess.start(environment: ["OAUTH_MASTER_KEY": key]) { config in
            config.key = .environment(right("OAUTH_MASTER_KEY"))
        }
        #expect(!FileManager.default.fileExists(atPath: server.folder.file("auth.db.key")))
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
        let missing = try await Self.run(["--check"], key: nil)
        #expect(missing.exit == .code(2) && missing.errors.contains("OAUTH_MASTER_KEY"))

        // With another key the store is not touched, and the way out is told.
        let other = try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), ["--config", server.folder.file("auth.json")],
            environment: ServerProcess.environment.merging(
                ["OAUTH_MASTER_KEY": Base64URL.encode(try SystemRandom().bytes(32))]) { _, new in new })
        #expect(other.exit == .code(2) && other.errors.contains("keys rotate"))
        let again = try await server.restart(SIGTERM)
        again.child.signal(SIGTERM)
        #expect(try await again.child.wait() == .code(0))
    }

    private static func run(_ arguments: [String], key: String?) async throws -> ChildProcess.Completed {
        let folder = try TemporaryFolder()
        var config = Sample.config(
            listen: "unix:\(folder.file("public.sock"))", privateListen: "unix:\(folder.file("private.sock"))")
        config.store = .sqlite(path: folder.file("auth.db"))
        config.key = .environment(right("OAUTH_MASTER_KEY"))
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        var variables = ServerProcess.environment
        if let key { variables["OAUTH_MASTER_KEY"] = key }
        return try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), ["--config", path] + arguments, environment: variables)
    }
}
