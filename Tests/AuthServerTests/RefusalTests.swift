import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("connectorgen-auth refuses to start")
struct RefusalTests {
    private static func run(
        _ arguments: [String], environment: [String: String] = ServerProcess.environment
    ) async throws -> ChildProcess.Completed {
        try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), arguments, environment: environment, deadline: .seconds(15))
    }

    private static func text(_ change: (inout RuntimeConfig) -> Void = { _ in }) -> String {
        var config = Sample.config()
        change(&config)
        return String(decoding: config.encoded(banner: "test"), as: UTF8.self)
    }

    @Test("help and version go to standard output with status 0")
    func help() async throws {
        let help = try await Self.run(["--help"])
        #expect(help.exit == .code(0) && help.output.contains("--config") && help.errors.isEmpty)
        let version = try await Self.run(["--version"])
        #expect(version.exit == .code(0) && version.output.hasPrefix("connectorgen-auth "))
    }

    @Test("completions and the manual page are printed")
    func printouts() async throws {
        for (arguments, expected) in [
            (["completion", "bash"], "--config"), (["completion", "zsh"], "#compdef connectorgen-auth"),
            (["completion", "fish"], "connectorgen-auth"), (["man"], ".TH"),
        ] {
            let done = try await Self.run(arguments)
            #expect(done.exit == .code(0) && done.output.contains(expected) && done.errors.isEmpty)
        }
        #expect(try await Self.run(["completion", "tcsh"]).exit == .code(2))
    }

    @Test(
        "a command line that means nothing exits 2 with a line and a hint",
        arguments: [[], ["--confg", "a"], ["--config"], ["--config", "a", "--log", "queries"], ["a", "b"]])
    func usage(_ arguments: [String]) async throws {
        let done = try await Self.run(arguments)
        #expect(done.exit == .code(2))
        #expect(done.errors.hasPrefix("connectorgen-auth: ") && done.errors.contains("Try: connectorgen-auth --help"))
        #expect(done.output.isEmpty)
    }

    @Test("a config that cannot be read exits 3 with one line")
    func unreadable() async throws {
        for path in ["/nonexistent/auth.json", "/", "/dev/null/x"] {
            let done = try await Self.run(["--config", path])
            #expect(done.exit == .code(3))
            #expect(done.errors.hasPrefix("connectorgen-auth: cannot read \(path): "))
            #expect(done.errors.split(separator: "\n").count == 1)
        }
    }

    static let mistakes: [(String, String, String)] = [
        ("\"schema_version\": 2", "\"schema_version\": 3", "CG055"),
        ("\"schema_version\": 2", "\"schema_version\": 2, \"schema_versoin\": 1", "CG052"),
        ("\"mode\": \"local\"", "\"mode\": \"locol\"", "local"),
        ("\"mode\": \"local\"", "\"mode\": null", "CG051"),
        ("\"issuer\": \"https://mcp.example.com/mcp\"", "\"issuer\": \"\"", "issuer"),
        ("\"issuer\": \"https://mcp.example.com/mcp\",", "", "CG05"),
        ("127.0.0.1:8719", "0.0.0.0:8719", "CG057"),
        ("{", "[", "CG050"),
    ]

    @Test("a mistake in the config exits 2 and points at its place", arguments: mistakes)
    func mistake(_ right: String, _ wrong: String, _ expected: String) async throws {
        let folder = try TemporaryFolder()
        let text = Self.text()
        let range = try #require(text.range(of: right))
        let path = try folder.write("auth.json", text.replacingCharacters(in: range, with: wrong))
        for arguments in [["--config", path], ["--config", path, "--check"]] {
            let done = try await Self.run(arguments)
            #expect(done.exit == .code(2))
            #expect(done.errors.contains(expected), "\(done.errors)")
            #expect(done.errors.contains("auth.json:"))
        }
    }

    @Test("an empty file and one of random bytes exit 2", arguments: [[], [0xFF, 0xFE, 0x00], Array("null".utf8)])
    func garbage(_ bytes: [UInt8]) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("auth.json", bytes)
        #expect(try await Self.run(["--config", path]).exit == .code(2))
    }

    @Test("a secret that is not there or open to others exits 2, also for --check")
    func secrets() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("auth.json", Self.text())
        let unset = try await Self.run(["--config", path, "--check"], environment: [:])
        #expect(unset.exit == .code(2))
        #expect(unset.errors.contains("`LOCAL_USERS` is not set"))

        let secret = try folder.write("secret", "hunter2")
        let other = try folder.write(
            "other.json",
            Self.text {
                $0.login?.clientSecret = .file(secret); $0.store = .sqlite(path: folder.file("auth.db"))
            })
        for (mode, expected) in [(0o644, 2), (0o640, 2), (0o600, 0)] as [(Int, Int32)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: secret)
            let done = try await Self.run(["--config", other, "--check"])
            #expect(done.exit == .code(expected))
            #expect(!done.errors.contains("hunter2") && !done.output.contains("hunter2"))
        }
        try FileManager.default.removeItem(atPath: secret)
        #expect(try await Self.run(["--config", other, "--check"]).errors.contains("does not exist"))
    }

    @Test("--check says ok, exits 0 and listens on nothing")
    func check() async throws {
        let folder = try TemporaryFolder()
        let socket = folder.file("public.sock")
        let path = try folder.write(
            "auth.json",
            Self.text {
                $0.listen = right("unix:\(socket)"); $0.store = .sqlite(path: folder.file("auth.db"))
            })
        let done = try await Self.run(["--config", path, "--check"])
        #expect(done.exit == .code(0))
        #expect(done.output == "\(path): ok\n")
        #expect(!FileManager.default.fileExists(atPath: socket))
    }

    @Test("R07 an address that is taken or out of reach exits 3 with one line and leaves no socket behind")
    func address() async throws {
        let running = try await ServerProcess.start()
        let taken = running.folder.file("public.sock")
        let folder = try TemporaryFolder()
        let inner = folder.file("private.sock")
        for (listen, reason) in [
            ("unix:\(taken)", "is in use by another process"),
            ("unix:/nonexistent/a.sock", "No such file or directory"),
        ] {
            let path = try folder.write(
                "auth.json",
                Self.text {
                    $0.listen = right(listen); $0.privateListen = right("unix:\(inner)")
                    $0.store = .sqlite(path: folder.file("auth.db"))
                })
            let done = try await Self.run(["--config", path])
            #expect(done.exit == .code(3))
            #expect(done.errors.hasPrefix("connectorgen-auth: ") && done.errors.hasSuffix("\(reason)\n"))
            #expect(done.errors.split(separator: "\n").count == 1)
            #expect(!FileManager.default.fileExists(atPath: inner))
        }
        #expect(try await running.get("/healthz").status == 200)
    }
}
