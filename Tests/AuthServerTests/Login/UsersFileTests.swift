import Cryptography
import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

/// The real server while its users file is edited beneath it.
@Suite("the users file while the server runs", .serialized)
struct UsersFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("users")
    }

    private static func line(_ name: String, _ password: String = OAuthServerProcess.password) throws -> String {
        let hash = try PasswordHash.make(Cryptography.Secret(password), cost: .init(memoryKiB: 8_192, passes: 1))
        return "\(name):\(hash.text)\n"
    }

    /// Writes as an editor does that is careful: beside it, and then in its place.
    private func write(_ text: String, mode: Int = 0o600) throws {
        let draft = try folder.write("users.new", text)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: draft)
        guard rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    private func start(_ policy: PasswordChange = .endGrants) async throws -> OAuthServerProcess {
        let path = path
        return try await OAuthServerProcess.start { config in
            config.users = .file(path)
            config.onPasswordChange = policy
        }
    }

    /// What somebody gets who signs in and agrees.
    private struct Visit {
        let browser: Browser
        let access: String
        let refresh: String
    }

    private func visit(
        _ deployment: OAuthServerProcess, as user: String, password: String = OAuthServerProcess.password
    ) async throws -> Visit {
        let browser = Browser(deployment.server)
        let back = try await deployment.approve(in: browser, as: user, password: password)
        let answer = try await deployment.redeem(#require(back.redirectParameter("code")))
        return Visit(
            browser: browser, access: try #require(answer.member("access_token")),
            refresh: try #require(answer.member("refresh_token")))
    }

    /// Whether the server asks for the password again.
    private func asksForPassword(_ browser: Browser) async throws -> Bool {
        try await browser.get(OAuthServerProcess.authorization()).body.contains("name=\"password\"")
    }

    @Test("E60 I30 who leaves the users file loses tokens, codes and session while it runs, and who comes gets in")
    func leaving() async throws {
        let (alice, bob) = (try Self.line("alice"), try Self.line("bob"))
        try write(alice + bob)
        let deployment = try await start()
        let (stays, leaves) = (try await visit(deployment, as: "alice"), try await visit(deployment, as: "bob"))
        let pending = try await leaves.browser.get(OAuthServerProcess.authorization())
        let open = try await deployment.approve(in: leaves.browser)
        let code = try #require(open.redirectParameter("code"))

        try write(alice + Self.line("carol"))
        try await deployment.server.child.errors.wait(for: "left, and grants that ended: bob 1\n")
        #expect(try await deployment.verify(leaves.access).status == 401)
        #expect(try await deployment.refresh(leaves.refresh).member("error") == "invalid_grant")
        #expect(try await deployment.redeem(code).member("error") == "invalid_grant")
        #expect(try await asksForPassword(leaves.browser))
        // The consent page that was open leads to the sign-in, not to a code.
        let late = try await leaves.browser.submit(pending, [("decision", "allow")])
        #expect(late.status == 200 && late.body.contains("name=\"password\""))
        #expect(try await deployment.signIn(late, in: leaves.browser, as: "bob").status == 403)

        #expect(try await deployment.verify(stays.access).status == 200)
        #expect(try await deployment.refresh(stays.refresh).status == 200)
        #expect(try await asksForPassword(stays.browser) == false)
        let comes = try await visit(deployment, as: "carol")
        #expect(try await deployment.verify(comes.access).status == 200)
    }

    @Test("E61 I31 another password ends the session, and the grants unless the spec keeps them")
    func passwordChange() async throws {
        for policy in PasswordChange.allCases {
            try write(Self.line("alice") + Self.line("bob"))
            let deployment = try await start(policy)
            let (alice, bob) = (try await visit(deployment, as: "alice"), try await visit(deployment, as: "bob"))
            let bobs = try #require(String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").last)
            try write(Self.line("alice", "another horse") + bobs + "\n")
            try await deployment.server.child.errors.wait(
                for: policy == .keep
                    ? "another password, grants stay: alice\n" : "another password, and grants that ended: alice 1\n")
            #expect(try await deployment.verify(alice.access).status == (policy == .keep ? 200 : 401))
            #expect(try await deployment.refresh(alice.refresh).status == (policy == .keep ? 200 : 400))
            #expect(try await asksForPassword(alice.browser))
            #expect(try await deployment.verify(bob.access).status == 200)
            #expect(try await asksForPassword(bob.browser) == false)
            let page = try await alice.browser.get(OAuthServerProcess.authorization())
            #expect(try await deployment.signIn(page, in: alice.browser, as: "alice").status == 403)
            _ = try await visit(deployment, as: "alice", password: "another horse")
        }
    }

    @Test("E62 who left, or has another password, while the server was down or was killed has no grant when it is back")
    func absence() async throws {
        let (alice, bob, carol) = (try Self.line("alice"), try Self.line("bob"), try Self.line("carol"))
        try write(alice + bob + carol)
        var deployment = try await start()
        let visits = try await [
            visit(deployment, as: "alice"), visit(deployment, as: "bob"), visit(deployment, as: "carol"),
        ]
        // Edited in the moment before the kill: either the running one has ended them, or the next one does.
        try write(alice + carol)
        deployment = OAuthServerProcess(server: try await deployment.server.restart(SIGKILL))
        #expect(try await deployment.verify(visits[1].access).status == 401)
        #expect(try await deployment.refresh(visits[1].refresh).status == 400)
        deployment.server.child.signal(SIGTERM)
        _ = try await deployment.server.child.wait()
        try write(alice + Self.line("carol", "another horse"))
        deployment = OAuthServerProcess(server: try await deployment.server.restart(SIGTERM))
        #expect(try await deployment.verify(visits[2].access).status == 401)
        #expect(try await deployment.verify(visits[0].access).status == 200)
        #expect(try await deployment.refresh(visits[0].refresh).status == 200)
    }

    @Test("E63 T30 a file that is half-written, empty, missing or open to others throws nobody out, and is said once")
    func badFiles() async throws {
        let (alice, bob) = (try Self.line("alice"), try Self.line("bob"))
        try write(alice + bob)
        let deployment = try await start()
        let visit = try await visit(deployment, as: "bob")
        let errors = deployment.server.child.errors
        let troubles: [(said: String, edit: () throws -> Void)] = [
            ("line 2: the hash of `bob` cannot be used", { try write(alice + bob.dropLast(9)) }),
            ("line 2: the line is no `name:hash`", { try write(alice + "bo") }),
            ("is empty", { try write("") }),
            ("no user is in it", { try write("# nobody\n") }),
            ("cannot be read: No such file", { try FileManager.default.removeItem(atPath: path) }),
            ("its mode is 0644", { try write(alice, mode: 0o644) }),
            (
                "cannot be read: Is a directory",
                {
                    try FileManager.default.removeItem(atPath: path)
                    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
                }
            ),
        ]
        for trouble in troubles {
            try trouble.edit()
            try await errors.wait(for: trouble.said)
            #expect(try await deployment.verify(visit.access).status == 200)
            #expect(try await asksForPassword(visit.browser) == false)
        }
        try FileManager.default.removeItem(atPath: path)
        try write(alice + bob)
        try await errors.wait(for: "again: 2 in it\n")
        #expect(try await deployment.verify(visit.access).status == 200)
        let lines = errors.text.split(separator: "\n").filter { $0.contains("the users stay as they were") }
        #expect(lines.count == troubles.count, "\(errors.text)")
        #expect(!errors.text.contains("argon2"))
    }

    @Test("E64 a file that is written slowly in its place is not taken before it rests")
    func slowWriter() async throws {
        let names = (0..<20).map { "user\($0)" } + ["zoe"]
        let lines = try names.map { try Self.line($0) }
        try write(lines.joined())
        let deployment = try await start()
        let zoe = try await visit(deployment, as: "zoe")
        // In place, line by line, for longer than two looks take; zoe's comes last.
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 0)
        for line in lines {
            try handle.write(contentsOf: Data(line.utf8))
            try await Task.sleep(for: .milliseconds(150))
            #expect(try await deployment.verify(zoe.access).status == 200)
        }
        try handle.close()
        try write(lines.joined() + Self.line("last"))
        try await deployment.server.child.errors.wait(for: "again: 22 in it\n")
        #expect(try await deployment.verify(zoe.access).status == 200)
        #expect(!deployment.server.child.errors.text.contains("left, and grants"))
    }
}
