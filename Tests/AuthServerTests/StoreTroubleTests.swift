import Cryptography
import Foundation
import HTTPServer
import OAuthModel
import OAuthStores
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

/// What a server that runs says and does when the machine cannot do its part.
@Suite("a machine that fails a running server", .serialized)
struct StoreTroubleTests {
    /// Sets a limit of a process that runs; the hard limit stays, so it can be lifted.
    private static func limit(_ server: ServerProcess, _ limit: String) async throws {
        let done = try await ChildProcess.run(
            "/usr/bin/env", ["prlimit", "--pid", String(server.child.pid), limit + ":"])
        #expect(done.exit == .code(0), "\(done.errors)")
    }

    private static func register(_ server: ServerProcess) async throws -> Answer {
        let body = #"{"redirect_uris":["https://chatgpt.com/cb"]}"#
        return Answer(
            try await server.ask(
                "POST /mcp/register HTTP/1.1\r\nHost: \(Sample.host)\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"))
    }

    private static func lines(_ server: ServerProcess, _ word: String) -> [Substring] {
        server.child.errors.text.split(separator: "\n").filter { $0.contains(word) }
    }

    private struct Late: Error {}

    /// The operator's probe, asked until it says so; twice the second that an answer is kept, and more on a busy
    /// machine.
    private static func waitForReadiness(_ server: ServerProcess, _ status: Int) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while try await server.get("/readyz").status != status {
            guard ContinuousClock.now < limit else { throw Late() }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test("P40 a store that cannot be written is told once with its cause, is not ready, and so is its recovery")
    func unwritable() async throws {
        let server = try await ServerProcess.start()
        let client = try await Self.register(server)
        #expect(client.status == 201)
        try await Self.limit(server, "--fsize=1")
        for _ in 0..<5 {
            let refused = try await Self.register(server)
            #expect(refused.status == 503)
            #expect(refused["Retry-After"].flatMap(Int.init) != nil)
        }
        try await Self.waitForReadiness(server, 503)
        let told = Self.lines(server, server.folder.file("auth.db") + ": ")
        #expect(told.count == 1 && told.first?.contains("the store is unavailable: cannot ") == true, "\(told)")
        // What is stored is still there.
        let uri = try #require(client.member("registration_client_uri"))
        let token = try #require(client.member("registration_access_token"))
        let known = try await server.get(
            String(uri.dropFirst("https://mcp.example.com".count)), headers: "Authorization: Bearer \(token)\r\n")
        #expect(known.status == 200)
        try await Self.limit(server, "--fsize=unlimited")
        #expect(try await Self.register(server).status == 201)
        try await Self.waitForReadiness(server, 200)
        try await server.child.errors.wait(for: "auth.db: the store works again\n")
        #expect(Self.lines(server, server.folder.file("auth.db") + ": ").count == 2)
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
    }

    @Test("P41 damage beneath a running server is told once with what to do, and it is not ready any more")
    func damaged() async throws {
        let server = try await ServerProcess.start().restart(SIGTERM)
        let size = try #require(
            FileManager.default.attributesOfItem(atPath: server.folder.file("auth.db"))[.size] as? Int)
        try BrokenStart.overwrite(server.folder, from: 4_096, [UInt8](repeating: 0xA5, count: size - 4_096))
        try await Self.waitForReadiness(server, 503)
        try await server.child.errors.wait(for: "auth.db: the store is damaged: ")
        for _ in 0..<3 { _ = try await Self.register(server) }
        #expect(try await server.get("/readyz").status == 503)
        #expect(Self.lines(server, "is damaged").count == 1)
        #expect(Self.lines(server, "is damaged").first?.contains("restore the back-up") == true)
        #expect(try await server.get("/healthz").status == 200)
    }

    @Test("P40 the first failure and the recovery are told, damage outlasts both, and nothing before the start")
    func condition() {
        let told = Locked<[String]>([])
        let condition = StoreCondition(path: "/a.db")
        let full = StoreEvent.failed(.unavailable("full"))
        condition.observe(full)
        #expect(condition.trouble == nil)
        condition.begin { text in told.withLock { $0.append(text) } }
        condition.observe(.probed)
        for _ in 0..<3 { condition.observe(full) }
        #expect(condition.trouble == .unavailable("full"))
        for _ in 0..<3 { condition.observe(.probed) }
        #expect(condition.trouble == nil)
        for event in [full, .failed(.damaged("a page")), .probed, full, .failed(.damaged("another"))] {
            condition.observe(event)
        }
        #expect(condition.trouble == .damaged("a page"))
        let texts = told.withLock { $0 }
        #expect(texts.allSatisfy { $0.hasPrefix("/a.db: ") })
        #expect(
            zip(texts, ["unavailable: full", "works again", "unavailable: full", "damaged: a page"])
                .allSatisfy { $0.contains($1) } && texts.count == 4)
    }

    @Test("P42 without memory for a password check nobody is told that the password is wrong, and no attempt counts")
    func memory() async throws {
        let hash = try PasswordHash.make(Cryptography.Secret(OAuthServerProcess.password))
        let deployment = OAuthServerProcess(
            server: try await ServerProcess.start(environment: ["USERS": "alice:\(hash.text)"]) { config in
                config.mode = .local
                config.login = nil
                config.users = .environment(right("USERS"))
                config.clients = [Sample.client("cid_mcp")]
            })
        let server = deployment.server
        func attempt() async throws -> Answer {
            let browser = Browser(server)
            return try await deployment.signIn(try await browser.get(OAuthServerProcess.authorization()), in: browser)
        }
        #expect(try await attempt().status == 200)
        let status = try String(contentsOfFile: "/proc/\(server.child.pid)/status", encoding: .utf8)
        let size = try #require(
            status.split(separator: "\n").first { $0.hasPrefix("VmSize:") }?.split(separator: " ").dropFirst().first
                .flatMap { Int($0) })
        // Room for everything but the 64 MiB of a check.
        try await Self.limit(server, "--as=\((size + 24 * 1_024) * 1_024)")
        // More than an account may fail.
        for _ in 0..<12 {
            let refused = try await attempt()
            #expect(refused.status == 503 && refused["Retry-After"] != nil)
        }
        try await Self.limit(server, "--as=unlimited")
        let accepted = try await attempt()
        #expect(accepted.status == 200 && accepted.body.contains("decision"))
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
    }
}
