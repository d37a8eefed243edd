import Foundation
import JSONSyntax
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import SQLite
import TestSupport
import Testing

@testable import AuthServer

/// The commands for operators, run beside a server that runs, without the environment that it has.
@Suite("commands about grants and clients", .serialized)
struct OperatorCommandTests {
    private static func run(
        _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> ChildProcess.Completed {
        try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), arguments + ["--config", folder.file("auth.json")],
            environment: ["PATH": "/usr/bin:/bin"], deadline: .seconds(60))
    }

    private func tokens(
        _ deployment: OAuthServerProcess, as user: String, client: String = "cid_mcp"
    ) async throws -> (access: String, refresh: String) {
        let back = try await deployment.approve(
            OAuthServerProcess.authorization([("client_id", client)]), in: Browser(deployment.server), as: user)
        let answer = try await deployment.redeem(
            #require(back.redirectParameter("code")), [("client_id", client)])
        return (try #require(answer.member("access_token")), try #require(answer.member("refresh_token")))
    }

    private static func objects(_ text: String, _ member: String) throws -> [[String: Any]] {
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["formatVersion"] as? Int == 1 && document["complete"] as? Bool == true)
        return try #require(document[member] as? [[String: Any]])
    }

    @Test(
        "I32 I34 T31 an operator ends the grants of one user beside a server that runs, which refuses them at once and says so"
    )
    func grants() async throws {
        let deployment = try await OAuthServerProcess.start(users: ["alice", "bob"])
        let folder = deployment.server.folder
        let alice = try await tokens(deployment, as: "alice")
        let bob = try await tokens(deployment, as: "bob")
        let other = try await tokens(deployment, as: "bob", client: "cid_other")

        let list = try await Self.run(["grants", "list"], in: folder)
        #expect(list.exit == .code(0) && list.errors.isEmpty, "\(list.errors)")
        let lines = list.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("GRANT     USER") == true && lines.count == 4)
        #expect(lines.last?.hasPrefix("g3        bob ") == true && lines.last?.hasSuffix("  cid_other") == true)
        let found = try await Self.run(
            ["grants", "list", "--user", "bob", "--client", "cid_mcp", "--format", "json"], in: folder)
        let objects = try Self.objects(found.output, "grants")
        #expect(objects.count == 1 && objects[0]["grant"] as? String == "g2")
        #expect(objects[0]["resource"] as? String == "https://mcp.example.com/mcp")
        for secret in [alice.access, bob.refresh] { #expect(!(list.output + found.output).contains(secret.suffix(20))) }

        let dry = try await Self.run(["grants", "revoke", "--user", "bob", "--dry-run"], in: folder)
        #expect(dry.exit == .code(0) && dry.output == "would end 2 grants: --user bob\n", "\(dry.errors)")
        #expect(try await deployment.verify(bob.access).status == 200)

        let one = try await Self.run(["grants", "revoke", "--grant", "g3", "--format", "json"], in: folder)
        #expect(one.output.contains(#""selected":{"grant":"g3"},"grants":1"#), "\(one.output)\(one.errors)")
        #expect(try await deployment.verify(other.access).status == 401)
        #expect(try await deployment.verify(bob.access).status == 200)

        let ended = try await Self.run(["grants", "revoke", "--user", "bob"], in: folder)
        #expect(ended.exit == .code(0) && ended.output == "ended 1 grant: --user bob\n", "\(ended.errors)")
        #expect(try await deployment.verify(bob.access).status == 401)
        #expect(try await deployment.refresh(bob.refresh).member("error") == "invalid_grant")
        #expect(try await deployment.verify(alice.access).status == 200)
        #expect(try await deployment.refresh(alice.refresh).status == 200)
        try await deployment.server.child.errors.wait(for: "grants revoke --user bob, 1 grant ended\n")
        #expect(deployment.server.child.errors.text.contains("uid \(getuid())"))

        let again = try await Self.run(["grants", "revoke", "--user", "bob"], in: folder)
        #expect(again.exit == .code(1) && again.output == "ended 0 grants: --user bob\n")
        let all = try await Self.run(["grants", "revoke", "--all"], in: folder)
        #expect(all.exit == .code(0) && all.output == "ended 1 grant: --all\n")
        #expect(try await deployment.verify(alice.access).status == 401)
        let none = try await Self.run(["grants", "list", "--format", "json"], in: folder)
        #expect(try Self.objects(none.output, "grants").isEmpty)
    }

    @Test(
        "I33 I35 a client that registered itself is removed with its grants; one of the spec is not, and its line is named"
    )
    func clients() async throws {
        let deployment = try await OAuthServerProcess.start()
        let folder = deployment.server.folder
        let registered = try await deployment.post(
            "/mcp/register",
            #"{"redirect_uris":["\#(OAuthServerProcess.redirect)"],"token_endpoint_auth_method":"none","client_name":"a \u001b[1mname"}"#,
            type: "application/json")
        let id = try #require(registered.member("client_id"))
        let tokens = try await tokens(deployment, as: "alice", client: id)
        let predefined = try await self.tokens(deployment, as: "alice")

        let list = try await Self.run(["clients", "list"], in: folder)
        #expect(list.exit == .code(0), "\(list.errors)")
        #expect(list.output.contains("cid_mcp ") && list.output.contains("predefined"))
        let line = try #require(list.output.split(separator: "\n").first { $0.hasPrefix(id) })
        #expect(line.contains("  registered  1  ") && !list.output.contains("\u{1b}"))
        let objects = try Self.objects(
            try await Self.run(["clients", "list", "--format", "json"], in: folder).output, "clients")
        #expect(objects.contains { $0["client"] as? String == id && $0["grants"] as? Int == 1 })

        let refused = try await Self.run(["clients", "revoke", "cid_mcp"], in: folder)
        #expect(refused.exit == .code(2) && refused.output.isEmpty)
        #expect(refused.errors.contains("grants revoke --client cid_mcp"))
        let place = try #require(refused.errors.firstMatch(of: #/explain \S+:(\d+)`/#)?.1).description
        let config = try folder.read("auth.json").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(config[try #require(Int(place)) - 1].contains("\"id\": \"cid_mcp\""))
        #expect(try await deployment.verify(predefined.access).status == 200)

        let dry = try await Self.run(["clients", "revoke", id, "--dry-run"], in: folder)
        #expect(dry.output == "would remove \(id) with 1 grant\n")
        let removed = try await Self.run(["clients", "revoke", id], in: folder)
        #expect(removed.exit == .code(0) && removed.output == "removed \(id) with 1 grant\n", "\(removed.errors)")
        #expect(try await deployment.verify(tokens.access).status == 401)
        let refresh = try await deployment.refresh(tokens.refresh, [("client_id", id)])
        #expect(refresh.status == 401 && refresh.member("error") == "invalid_client")
        #expect(try await deployment.verify(predefined.access).status == 200)
        let again = try await Self.run(["clients", "revoke", id], in: folder)
        #expect(again.exit == .code(1) && again.output == "there is no such client: \(id)\n")
        try await deployment.server.child.errors.wait(for: "clients revoke \(id), 1 grant ended\n")
    }

    @Test("nothing ends by omission, and what is wrong on the command line is said before anything is opened")
    func misuse() async throws {
        let folder = try TemporaryFolder()
        var config = Sample.config(listen: "unix:/tmp/a", privateListen: "unix:/tmp/b")
        config.store = .sqlite(path: folder.file("auth.db"))
        try folder.write("auth.json", config.encoded(banner: "test"))
        let wrong: [([String], String)] = [
            (["grants", "revoke"], "say which grants"), (["grants", "revoke", "--dry-run"], "say which grants"),
            (["grants", "revoke", "--all", "--user", "a"], "--all is every grant"),
            (["grants", "list", "--grant", "x"], "is no id of a grant"),
            (["grants", "revoke", "--grant", "g0"], "is no id of a grant"),
            (["grants", "list", "--connector", "nope"], "there is no connector `nope`"),
            (["grants", "list", "--format", "xml"], "xml"),
        ]
        for (arguments, said) in wrong {
            let run = try await Self.run(arguments, in: folder)
            #expect(run.exit == .code(2) && run.errors.contains(said), "\(arguments): \(run.errors)")
        }
        for command in [["grants", "list"], ["grants", "revoke", "--all"], ["clients", "revoke", "x"]] {
            let run = try await Self.run(command, in: folder)
            #expect(run.exit == .code(3) && run.errors.contains("auth.db: No such file"), "\(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("auth.db")))
        #expect(!FileManager.default.fileExists(atPath: folder.file("auth.db.key")))
        try await store(in: folder, grants: 0).close()
        for arguments in [["clients", "revoke"], ["clients", "revoke", "x", "--all"]] {
            #expect(try await Self.run(arguments, in: folder).exit == .code(2))
        }
        let none = try await Self.run(["clients", "revoke", "--all"], in: folder)
        #expect(none.exit == .code(1) && none.output == "removed 0 clients with 0 grants\n")
    }

    /// A store with so many grants, of a hundred users and ten clients.
    private func store(in folder: TemporaryFolder, grants: Int) async throws -> SQLiteOAuthStore {
        let file = DatabaseFile(path: folder.file("auth.db"))
        let store = try await SQLiteOAuthStore.open(file)
        try await onThread {
            var connection = try Connection.open(file, .writing)
            _ = try connection.transaction { (connection) throws(SQLiteError) in
                try connection.run(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                    INSERT INTO grants(client_id, subject, resource, scope, created_at, expires_at)
                    SELECT 'client-' || (i % 10), 'user-' || (i % 100), 'https://mcp.example.com/mcp', 'mcp.tools',
                        1700000000000, 4000000000000 FROM n WHERE ?1 > 0
                    """, .integer(grants))
            }
        }
        return store
    }

    private func folder(grants: Int) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        var config = Sample.config(listen: "unix:/tmp/a", privateListen: "unix:/tmp/b")
        config.store = .sqlite(path: folder.file("auth.db"))
        try folder.write("auth.json", config.encoded(banner: "test"))
        try await store(in: folder, grants: grants).close()
        return folder
    }

    @Test("a list of a hundred thousand grants is written as it is read, whole, and a disk that is full ends it with 3")
    func longList() async throws {
        let few = try await peak(of: 1_000)
        let many = try await peak(of: 100_000)
        print("grants list: \(few.kibibytes) KiB for 1,000, \(many.kibibytes) KiB for 100,000 in \(many.seconds) s")
        #expect(few.lines == 1_001 && many.lines == 100_001)
        // The file is mapped, and counts; a list in memory would be many times that.
        #expect(many.kibibytes - few.kibibytes < 48 * 1_024)

        let folder = try await folder(grants: 1_000)
        let full = try await ChildProcess.run(
            "/bin/sh",
            [
                "-c", #"exec "$0" grants list --config "$1" > /dev/full"#,
                ChildProcess.product("connectorgen-auth"), folder.file("auth.json"),
            ])
        #expect(full.exit == .code(3) && full.errors.contains("cannot write the result: No space left"))
    }

    /// Lines, most memory and time of a list of so many.
    private func peak(of grants: Int) async throws -> (lines: Int, kibibytes: Int, seconds: Double) {
        let folder = try await folder(grants: grants)
        let start = ContinuousClock.now
        let run = try await ChildProcess.run(
            Tool.python3.required(),
            [
                "-c",
                """
                import resource, subprocess, sys
                done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True).stdout
                print(done.count(b"\\n"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
                """, ChildProcess.product("connectorgen-auth"), "grants", "list", "--config", folder.file("auth.json"),
            ], deadline: .seconds(60))
        let numbers = run.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(numbers.count == 2, "\(run.errors)")
        return (numbers[0], numbers[1], (ContinuousClock.now - start) / .seconds(1))
    }

    @Test("I36 a revocation that is killed has ended whole steps, each with its record, and another run ends the rest")
    func killed() async throws {
        let folder = try await folder(grants: 100_000)
        let file = DatabaseFile(path: folder.file("auth.db"))
        @Sendable func state() async throws -> (live: Int, recorded: Int) {
            let store = try await SQLiteOAuthStore.open(file)
            let live = try await store.countGrants(GrantSelection(), now: UnixTime(seconds: 1_800_000_000))
            let recorded = try await store.operatorActs(after: 0).reduce(0) { $0 + $1.grants }
            await store.close()
            return (live, recorded)
        }
        for delay in [20, 60, 120, 200, 320] {
            let child = try ChildProcess(
                ChildProcess.product("connectorgen-auth"),
                ["grants", "revoke", "--all", "--config", folder.file("auth.json")])
            // A moment by chance, not one to wait for.
            try await Task.sleep(for: .milliseconds(delay))
            child.signal(SIGKILL)
            _ = try await child.wait()
            let (live, recorded) = try await state()
            #expect(live % 20_000 == 0 && live + recorded == 100_000)
        }
        let rest = try await state().live
        let run = try await Self.run(["grants", "revoke", "--all"], in: folder)
        #expect(run.output == "ended \(rest) grants: --all\n" && run.exit == .code(rest > 0 ? 0 : 1))
        let end = try await state()
        #expect(end.live == 0 && end.recorded == 100_000)
    }

    @Test("on a narrow terminal each record is a block, in a pipe and on a wide one a row with stable columns")
    func layout() {
        let columns = [RecordPrinter.Column("GRANT", 8), .init("USER", 12), .init("CLIENT")]
        let records: [(cells: [String], members: [JSONMember])] = [(["g1", "alice", "cid\u{1b}[1m"], [])]
        var wide = RecordPrinter(.text, member: "grants", columns: columns, width: nil)
        #expect(wide.text(of: records) == "GRANT     USER          CLIENT\ng1        alice         cid\\u{1b}[1m\n")
        var narrow = RecordPrinter(.text, member: "grants", columns: columns, width: 40)
        #expect(narrow.text(of: records) == "g1\n  USER    alice\n  CLIENT  cid\\u{1b}[1m\n")
        var json = RecordPrinter(.json, member: "grants", columns: columns, width: 40)
        #expect(json.text(of: []) + json.end() == "{\"formatVersion\":1,\"grants\":[],\"complete\":true}\n")
    }
}
