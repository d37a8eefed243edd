import Foundation
import TestSupport
import Testing

@Suite("children of the tests are tended")
struct ChildProcessTests {
    @Test("output, errors and exit code of a program are collected")
    func completed() async throws {
        let done = try await ChildProcess.run("/bin/sh", ["-c", "cat; echo oops >&2; exit 7"], input: Array("in".utf8))
        #expect(done.exit == .code(7))
        #expect(done.output == "in")
        #expect(done.errors == "oops\n")
    }

    @Test("much output on both streams does not block the child")
    func talkative() async throws {
        let done = try await ChildProcess.run(
            "/bin/sh", ["-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"])
        #expect(done.output.utf8.count == 300_000)
        #expect(done.errors.utf8.count == 300_000)
    }

    @Test("a signal reaches the child, which starts with no signal blocked")
    func signal() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "echo ready; while :; do sleep 1; done"])
        try await child.output.wait(for: "ready")
        child.signal(SIGTERM)
        #expect(try await child.wait() == .signal(SIGTERM))
    }

    @Test("a child over its deadline is killed and named")
    func deadline() async throws {
        let child = try ChildProcess("/bin/sleep", ["30"])
        await #expect(throws: ChildProcess.Failure.self) { try await child.wait(deadline: .milliseconds(50)) }
        #expect(try await child.wait() == .signal(SIGKILL))
    }

    @Test("environment and folder are those that were given")
    func surroundings() async throws {
        let done = try await ChildProcess.run(
            "/usr/bin/env", ["sh", "-c", "echo $A; pwd"], environment: ["A": "b c", "PATH": "/bin:/usr/bin"],
            folder: "/usr")
        #expect(done.output == "b c\n/usr\n")
    }

    @Test("the executables are found beside the tests")
    func product() throws {
        #expect(try ChildProcess.product("connectorgen-auth").hasSuffix("/connectorgen-auth"))
    }
}
