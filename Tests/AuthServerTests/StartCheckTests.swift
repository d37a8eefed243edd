import Cryptography
import Foundation
import SQLite
import TestSupport
import Testing
import WebSyntax

@testable import AuthServer

/// The files of a server that ran and ended well, and one thing that is wrong with them.
struct BrokenStart: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int32
    /// What the diagnostic has to name.
    let words: [String]
    let damage: @Sendable (TemporaryFolder) async throws -> Void

    init(
        _ name: String, _ status: Int32, _ words: String...,
        damage: @escaping @Sendable (TemporaryFolder) async throws -> Void
    ) {
        testDescription = name
        self.status = status
        self.words = words
        self.damage = damage
    }

    private static func remove(_ folder: TemporaryFolder, _ name: String) throws {
        try FileManager.default.removeItem(atPath: folder.file(name))
    }

    /// Writes a key file as the server does, with other contents.
    private static func key(_ folder: TemporaryFolder, _ text: String) throws {
        try folder.write("auth.db.key", text)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("auth.db.key"))
    }

    private static func version(_ folder: TemporaryFolder, _ number: Int) async throws {
        let file = DatabaseFile(path: folder.file("auth.db"))
        try await onThread { try Connection.open(file, .writing).set("user_version", to: number) }
    }

    /// Overwrites, or cuts the file at the offset where there is nothing to write.
    static func overwrite(_ folder: TemporaryFolder, from offset: UInt64, _ bytes: [UInt8]) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file("auth.db")))
        if bytes.isEmpty { try handle.truncate(atOffset: offset) } else { try handle.seek(toOffset: offset) }
        try handle.write(contentsOf: bytes)
        try handle.close()
    }

    static let all = [
        BrokenStart("the key is missing", 2, "auth.db.key", "back-up", "keys rotate") { try remove($0, "auth.db.key") },
        BrokenStart("the key is empty", 2, "auth.db.key", "back-up") { try key($0, "") },
        BrokenStart("the key is cut", 2, "auth.db.key", "back-up") { folder in
            try key(folder, String(try folder.read("auth.db.key").prefix(20)))
        },
        BrokenStart("the key is another store's", 2, "another master key", "keys rotate") { folder in
            try key(folder, Base64URL.encode(try SystemRandom().bytes(32)) + "\n")
        },
        BrokenStart("others can read the key", 2, "chmod 600") { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file("auth.db.key"))
        },
        BrokenStart("the key is a folder", 3, "auth.db.key", "directory") { folder in
            try remove(folder, "auth.db.key")
            try folder.write("auth.db.key/a", "")
        },
        BrokenStart("the key is a pipe", 3, "auth.db.key", "no file") { folder in
            try remove(folder, "auth.db.key")
            #expect(mkfifo(folder.file("auth.db.key"), 0o600) == 0)
        },
        BrokenStart("the store is missing", 2, "auth.db", "--new-store", "back-up") { try remove($0, "auth.db") },
        BrokenStart("the store is empty", 2, "auth.db", "--new-store", "back-up") { folder in
            try overwrite(folder, from: 0, [])
        },
        BrokenStart("the store is a later release's", 3, "auth.db", "schema version 99") { try await version($0, 99) },
        BrokenStart("the store has a negative version", 3, "auth.db", "version -1", "back-up") { folder in
            try await version(folder, -1)
        },
        BrokenStart("a page is damaged", 3, "auth.db", "damaged") { folder in
            try overwrite(folder, from: 4_096, [UInt8](repeating: 0xA5, count: 4_096))
        },
        BrokenStart("the last page is damaged", 3, "auth.db", "damaged") { folder in
            let size = try FileManager.default.attributesOfItem(atPath: folder.file("auth.db"))[.size] as? UInt64
            try overwrite(folder, from: try #require(size) - 4_096, [UInt8](repeating: 0xA5, count: 4_096))
        },
        BrokenStart("the store is cut", 3, "auth.db", "damaged") { try overwrite($0, from: 9_000, []) },
        BrokenStart("the store is no database", 3, "auth.db", "not a database") { folder in
            try folder.write("auth.db", String(repeating: "no database ", count: 999))
        },
        BrokenStart("the store is another program's", 3, "auth.db", "another program") { folder in
            try remove(folder, "auth.db")
            let file = DatabaseFile(path: folder.file("auth.db"))
            try await onThread { try Connection.open(file, .writing).script("CREATE TABLE recipes(name TEXT)") }
        },
        BrokenStart("the store is a folder", 3, "auth.db", "no file") { folder in
            try remove(folder, "auth.db")
            try folder.write("auth.db/a", "")
        },
        BrokenStart("the store is a pipe", 3, "auth.db", "no file") { folder in
            try remove(folder, "auth.db")
            #expect(mkfifo(folder.file("auth.db"), 0o600) == 0)
        },
    ]
}

@Suite("what --check says is what the start does", .serialized)
struct StartCheckTests {
    /// A server that ran and ended well.
    private static func ended() async throws -> TemporaryFolder {
        let server = try await ServerProcess.start()
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
        return server.folder
    }

    private static func run(
        _ folder: TemporaryFolder, _ arguments: String..., by command: [String] = []
    ) async throws -> ChildProcess.Completed {
        let words =
            command + [try ChildProcess.product("connectorgen-auth"), "--config", folder.file("auth.json")] + arguments
        return try await ChildProcess.run(
            words[0], Array(words.dropFirst()), environment: ServerProcess.environment, deadline: .seconds(20))
    }

    /// What stands in the folder: kinds, permissions and contents.
    private static func picture(_ folder: TemporaryFolder) throws -> [String: [String]] {
        var picture: [String: [String]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let facts = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            let isFile = facts[.type] as? FileAttributeType == .typeRegular
            let contents = isFile ? try Data(contentsOf: URL(fileURLWithPath: folder.file(name))) : Data()
            picture[name] = [
                "\(facts[.type] ?? "")", "\(facts[.posixPermissions] ?? "")", contents.base64EncodedString(),
            ]
        }
        return picture
    }

    /// The check and the start, which must be of one mind and leave everything as it is.
    private static func refused(
        _ folder: TemporaryFolder, _ status: Int32, _ words: [String], by command: [String] = []
    ) async throws {
        let before = try picture(folder)
        let check = try await run(folder, "--check", by: command)
        let start = try await run(folder, by: command)
        #expect(check.exit == .code(status) && start.exit == .code(status))
        #expect(check.errors == start.errors && check.output.isEmpty && start.output.isEmpty)
        for word in words { #expect(check.errors.contains(word), "\(check.errors)") }
        #expect(check.errors.split(separator: "\n").count == 1)
        #expect(try picture(folder) == before)
    }

    @Test(
        "R40 what the start refuses, --check refuses with the same words, and neither changes a file",
        arguments: BrokenStart.all)
    func broken(_ state: BrokenStart) async throws {
        let folder = try await Self.ended()
        try await state.damage(folder)
        try await Self.refused(folder, state.status, state.words)
    }

    @Test(
        "R40 so it is with a store of another user",
        .enabled(if: geteuid() == 0, "only root can act as another user"))
    func otherUser() async throws {
        let folder = try await Self.ended()
        let user = 65_534
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        try FileManager.default.setAttributes([.ownerAccountID: user], ofItemAtPath: folder.file("auth.db.key"))
        try await Self.refused(
            folder, 3, ["auth.db", "Permission denied"],
            by: ["/usr/bin/env", "setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"])
    }

    @Test(
        "R40 P40 so it is with a store that is read-only, and with a disk that is full",
        .enabled("this machine permits no mount namespace") { await TrialTests.namespace() != nil })
    func unwritable() async throws {
        let namespace = try #require(await TrialTests.namespace())
        let folder = try await Self.ended()
        let mounts = [
            (#"mount --bind "$0" "$0" && mount -o remount,ro,bind "$0""#, "Read-only file system"),
            (
                #"mkdir "$0.disk" && mount -t tmpfs -o size=1m tmpfs "$0.disk" && cp -a "$0/." "$0.disk""#
                    + #" && { head -c 2m /dev/zero >"$0.disk/filler" 2>&-; mount --bind "$0.disk" "$0"; }"#,
                "no room"
            ),
        ]
        for (mount, word) in mounts {
            let command =
                ["/usr/bin/env"] + namespace + ["sh", "-c", "\(mount) && exec \"$@\"", folder.path]
            defer { try? FileManager.default.removeItem(atPath: folder.path + ".disk") }
            let check = try await Self.run(folder, "--check", by: command)
            try? FileManager.default.removeItem(atPath: folder.path + ".disk")
            let start = try await Self.run(folder, by: command)
            #expect(check.exit == .code(3) && start.exit == .code(3))
            #expect(check.errors == start.errors && check.errors.contains(word) && check.errors.contains("auth.db"))
        }
    }

    @Test("R40 --check takes what a start takes, before the first start, beside a server and after a kill")
    func whole() async throws {
        let server = try await ServerProcess.start()
        let path = server.folder.file("auth.json")
        #expect(try await Self.run(server.folder, "--check").output == "\(path): ok\n")
        server.child.signal(SIGKILL)
        _ = try await server.child.wait()
        let left = try Self.picture(server.folder).keys.sorted()
        #expect(left.contains("auth.db-wal"))
        #expect(try await Self.run(server.folder, "--check").exit == .code(0))
        #expect(try Self.picture(server.folder).keys.sorted() == left)
        // A first start.
        for name in left where name.hasPrefix("auth.db") {
            try FileManager.default.removeItem(atPath: server.folder.file(name))
        }
        let before = try Self.picture(server.folder)
        #expect(try await Self.run(server.folder, "--check").exit == .code(0))
        #expect(try Self.picture(server.folder) == before)
    }

    @Test("R41 a store that was lost is begun anew with --new-store alone, and a lost key with keys rotate alone")
    func lost() async throws {
        let folder = try await Self.ended()
        func start(_ arguments: String...) async throws {
            let child = try await ChildProcess.authServer(
                folder.file("auth.json"), arguments, variables: ServerProcess.environment)
            child.signal(SIGTERM)
            #expect(try await child.wait() == .code(0))
        }
        let key = try folder.read("auth.db.key")
        try FileManager.default.removeItem(atPath: folder.file("auth.db"))
        #expect(try await Self.run(folder, "--check", "--new-store").exit == .code(0))
        #expect(!FileManager.default.fileExists(atPath: folder.file("auth.db")))
        try await start("--new-store")
        try await start()
        #expect(try folder.read("auth.db.key") == key)

        try FileManager.default.removeItem(atPath: folder.file("auth.db.key"))
        for action in [["list"], ["revoke", "a"]] {
            let done = try await ChildProcess.run(
                ChildProcess.product("connectorgen-auth"),
                ["keys"] + action + ["--config", folder.file("auth.json")], environment: ServerProcess.environment)
            #expect(done.exit == .code(2) && done.errors.contains("auth.db.key"))
            #expect(!FileManager.default.fileExists(atPath: folder.file("auth.db.key")))
        }
        let rotated = try await ChildProcess.run(
            ChildProcess.product("connectorgen-auth"), ["keys", "rotate", "--config", folder.file("auth.json")],
            environment: ServerProcess.environment)
        #expect(rotated.exit == .code(0))
        try await start()
    }
}
