import Cryptography
import Foundation
import TestSupport
import Testing

@testable import AuthServer

@Suite("connectorgen-auth hash-password")
struct HashPasswordTests {
    private static func run(
        _ arguments: [String] = [], input: [UInt8]
    ) async throws -> ChildProcess.Completed {
        try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), ["hash-password"] + arguments,
            environment: ["PATH": "/usr/bin:/bin"],
            input: input)
    }

    private static let cheap = ["--memory", "19", "--passes", "2"]

    @Test("from a pipe it takes one line, and prints the hash alone", arguments: ["\n", "", "\r\n"])
    func pipe(_ lineEnd: String) async throws {
        let done = try await Self.run(Self.cheap, input: Array("pass wörd 1\(lineEnd)".utf8))
        #expect(done.exit == .code(0) && done.errors.isEmpty)
        let hash = try PasswordHash.parse(String(done.output.dropLast()))
        #expect(done.output.hasSuffix("\n") && hash.cost == PasswordHash.Cost(memoryKiB: 19 * 1024, passes: 2))
        #expect(try hash.matches(Secret("pass wörd 1")))
        #expect(try !hash.matches(Secret("pass wörd 1\n")))
    }

    @Test("with --user it prints a line of a users file, at the usual cost")
    func user() async throws {
        let done = try await Self.run(["--user", "alice@example.com"], input: Array("correct horse\n".utf8))
        let users = LocalUsers.parse(Array(done.output.utf8), place: "test").users
        #expect(users?.names == ["alice@example.com"])
        #expect(users?["alice@example.com"]?.hash.cost == .interactive)
    }

    static let wrong: [([String], String, String)] = [
        ([], "short\n", "5 bytes"), ([], "\n", "0 bytes"), ([], "", "0 bytes"),
        ([], "one line\nand another\n", "more than one line"),
        ([], String(repeating: "x", count: 1_025), "longer than 1024 bytes"),
        ([], String(repeating: "x", count: 3_000_000), "longer than 1024 bytes"),
        ([], "a tab\tin it\n", "control character"),
        (["--user", "a:b"], "correct horse\n", "ASCII letters"), (["--user", ""], "correct horse\n", "--user"),
        (["--memory", "18"], "correct horse\n", "19 to 256"), (["--memory", "257"], "correct horse\n", "19 to 256"),
        (["--memory", "99999999999999999999"], "correct horse\n", "19 to 256"),
        (["--passes", "9"], "correct horse\n", "2 to 8"), (["--passes", "-1"], "correct horse\n", "--passes"),
    ]

    @Test("what it does not take is said, without the password, and nothing is printed", arguments: wrong)
    func refusal(_ arguments: [String], _ input: String, _ mention: String) async throws {
        let done = try await Self.run(arguments, input: Array(input.utf8))
        #expect(done.exit == .code(2) && done.output.isEmpty)
        #expect(done.errors.contains(mention), "\(done.errors)")
        #expect(!done.errors.contains("horse") && !done.errors.contains("another"))
    }

    @Test("bytes that are no UTF-8 are refused")
    func notUTF8() async throws {
        let done = try await Self.run(input: Array("password".utf8) + [0xFF, 0x0A])
        #expect(done.exit == .code(2) && done.errors.contains("not UTF-8"))
    }

    private static let python = Tool("python3")

    /// Runs the program on a terminal of its own: waits for each text, then types what belongs to it.
    private static func onTerminal(_ turns: [(String, String)]) async throws -> String {
        let script = """
            import os, pty, select, signal, sys, termios, time
            turns = list(zip(sys.argv[2::2], sys.argv[3::2]))
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], [sys.argv[1], "hash-password", "--user", "alice", "--memory", "19"])
            seen, mark, limit = b"", 0, time.monotonic() + 20
            def read():
                global seen
                if time.monotonic() > limit: os.kill(pid, signal.SIGKILL); sys.exit("too late: %r" % seen)
                if not select.select([terminal], [], [], 1)[0]: return True
                try: data = os.read(terminal, 4096)
                except OSError: return False
                seen += data
                return bool(data)
            def echo(): return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
            for prompt, answer in turns:
                while prompt.encode() not in seen[mark:]:
                    if not read(): sys.exit("it ended: %r" % seen)
                while echo() and time.monotonic() < limit: pass
                print("echo", int(echo()))
                mark = len(seen)
                if answer.startswith("SIG"): os.kill(pid, getattr(signal, answer))
                else: os.write(terminal, answer.encode())
            if turns[-1][1].startswith("SIG") or "\\x03" in turns[-1][1]:
                while not echo() and time.monotonic() < limit: pass
                print("echo", int(echo()))
            while read(): pass
            print("status", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            sys.stdout.write(seen.decode().replace("\\r", ""))
            """
        let product = try ChildProcess.product("connectorgen-auth")
        let done = try await ChildProcess.run(
            try python.required(), ["-c", script, product] + turns.flatMap { [$0.0, $0.1] },
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(done.exit == .code(0), "\(done.errors)")
        return done.output
    }

    @Test("on a terminal it asks twice and shows nothing of it", .enabled(if: python.isAvailable))
    func terminal() async throws {
        let output = try await Self.onTerminal([("Password: ", "correct horse\n"), ("Again: ", "correct horse\n")])
        #expect(output.hasPrefix("echo 0\necho 0\nstatus 0\nPassword: \nAgain: \nalice:$argon2id$"), "\(output)")
        #expect(!output.contains("horse"))
        let line = try #require(output.split(separator: "\n").last)
        let users = try #require(LocalUsers.parse(Array(line.utf8), place: "test").users)
        #expect(try users["alice"]?.hash.matches(Secret("correct horse")) == true)
    }

    @Test("two that differ are refused", .enabled(if: python.isAvailable))
    func mismatch() async throws {
        let output = try await Self.onTerminal([("Password: ", "correct horse\n"), ("Again: ", "correct hoarse\n")])
        #expect(output.contains("status 2\n") && output.contains("the two are not the same"))
        #expect(!output.contains("argon2id"))
    }

    static let endings: [(String, Int32)] = [("\u{3}", 130), ("SIGTERM", 143), ("SIGHUP", 129), ("\u{1C}", 131)]

    @Test(
        "a signal ends it, and the terminal shows again what is typed", .enabled(if: python.isAvailable),
        arguments: endings)
    func signal(_ ending: String, _ status: Int32) async throws {
        let output = try await Self.onTerminal([("Password: ", ending)])
        #expect(output.contains("status \(status)\n"), "\(output)")
    }
}
