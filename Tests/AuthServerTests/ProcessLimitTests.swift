import Foundation
import RuntimeConfig
import SQLite
import TestSupport
import Testing

@testable import AuthServer

/// What the system does to the process: signals, limits, and files that somebody moves.
@Suite("connectorgen-auth and its system", .serialized)
struct ProcessLimitTests {
    @Test("R30 SIGHUP, SIGUSR1 and SIGUSR2 end nothing, and SIGTERM still ends it cleanly", arguments: [1, 2])
    func signals(times: Int) async throws {
        let server = try await ServerProcess.start()
        for _ in 0..<times {
            for signal in [SIGHUP, SIGUSR1, SIGUSR2] {
                server.child.signal(signal)
                #expect(try await server.get("/healthz").status == 200)
            }
        }
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
    }

    @Test("R31 a store whose files are taken away takes nothing more, says so, and makes no new one in their place")
    func movedStore() async throws {
        for moved in ["auth.db", "auth.db-wal"] {
            let deployment = try await OAuthServerProcess.start()
            let folder = deployment.server.folder
            #expect(try await deployment.redeem(deployment.code()).status == 200)
            try FileManager.default.removeItem(atPath: folder.file(moved))
            let body = #"{"redirect_uris":["https://chatgpt.com/cb"],"token_endpoint_auth_method":"none"}"#
            for _ in 0..<2 {
                let refused = try await deployment.post("/mcp/register", body, type: "application/json")
                #expect(refused.status == 503 && refused["retry-after"] != nil, "\(moved)")
            }
            #expect(!FileManager.default.fileExists(atPath: folder.file(moved)))
            deployment.server.child.signal(SIGTERM)
            #expect(try await deployment.server.child.wait() == .code(0))
        }
    }

    @Test("R32 too few threads are told at the start, which ends instead of waiting for them")
    func threads() async throws {
        // Root has no limit of processes: another user has, and this one has no process of its own.
        try #require(geteuid() == 0, "only root may become another user")
        let folder = try TemporaryFolder()
        var config = Sample.config(
            listen: "unix:\(folder.file("public.sock"))", privateListen: "unix:\(folder.file("private.sock"))")
        config.store = .sqlite(path: folder.file("auth.db"))
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        for (file, mode) in [(folder.path, 0o755), (path, 0o644)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        }
        let product = folder.file("connectorgen-auth")
        try FileManager.default.copyItem(atPath: ChildProcess.product("connectorgen-auth"), toPath: product)
        let done = try await ChildProcess.run(
            "/bin/bash",
            [
                "-c", "ulimit -u 4; exec setpriv --reuid=64999 --clear-groups \"$0\" --config \"$1\"", product, path,
            ], environment: ServerProcess.environment)
        #expect(done.exit == .code(3))
        #expect(done.errors.contains("threads") && done.errors.contains("TasksMax"))
    }

    @Test(
        "P30 a store whose key is gone is refused, and no other key is made in its place", arguments: [[], ["--check"]])
    func missingKey(arguments: [String]) async throws {
        let server = try await ServerProcess.start()
        server.child.signal(SIGTERM)
        _ = try await server.child.wait()
        let key = server.folder.file("auth.db.key")
        try FileManager.default.removeItem(atPath: key)
        let done = try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), ["--config", server.folder.file("auth.json")],
            environment: ServerProcess.environment)
        #expect(done.exit == .code(2) && done.errors.contains("auth.db.key") && done.errors.contains("back-up"))
        #expect(!FileManager.default.fileExists(atPath: key))
    }

    @Test("P31 a key file is one line: what follows it is refused", arguments: ["x", "\n", "AAAA\n", " "])
    func keyFile(rest: String) throws {
        let folder = try TemporaryFolder()
        let database = folder.file("auth.db")
        let made = try MasterKey.beside(database: database)
        #expect(try MasterKey.beside(database: database) == made)
        let file = database + ".key"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try Data((text + rest).utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: StartFailure.self) { try MasterKey.beside(database: database) }
        try Data(text.dropLast().utf8).write(to: URL(fileURLWithPath: file))
        #expect(try MasterKey.beside(database: database) == made)
    }

    @Test("P32 a database that another process locks makes a refresh wait for less time than clients wait")
    func lockedStore() async throws {
        let deployment = try await OAuthServerProcess.start()
        let granted = try await deployment.redeem(
            deployment.code([("scope", "mcp.tools offline_access")]))
        let token = try #require(granted.member("refresh_token"))
        let file = DatabaseFile(path: deployment.server.folder.file("auth.db"))
        let lock = GroupCommitWriter(file)
        let (entered, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let holding = Task {
            try await lock.write { (_) throws(SQLiteError) in
                entered.signal()
                release.wait()
            }
        }
        await onThreadWait(entered)
        let start = ContinuousClock.now
        let waiting = try await deployment.refresh(token)
        let waited = ContinuousClock.now - start
        #expect(waiting.status == 503 && waiting["retry-after"] != nil)
        #expect(waited < .seconds(5), "clients give up after ten seconds")
        release.signal()
        try await holding.value
        await lock.close()
        #expect(try await deployment.refresh(token).status == 200)
    }

    private func onThreadWait(_ semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
