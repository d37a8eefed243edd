import SQLite
import TestSupport
import Testing

@Suite("a connection binds, reads and undoes")
struct ConnectionTests {
    let folder: TemporaryFolder
    let file: DatabaseFile

    init() throws {
        folder = try TemporaryFolder()
        file = DatabaseFile(path: folder.file("test.db"))
    }

    @Test("values come back as they went in")
    func values() async throws {
        let file = file
        try await onThread {
            var connection = try Connection.open(file, .writing)
            try connection.script("CREATE TABLE t(i INTEGER, t TEXT, b BLOB) STRICT")
            let text = "a\u{0}b'\"; DROP TABLE t; -- é🙂"
            for (number, text, blob) in [(Int64.min, text, [UInt8](0...255)), (.max, "", [])] {
                try connection.run("INSERT INTO t VALUES (?, ?, ?)", .integer(number), .text(text), .blob(blob))
            }
            try connection.run("INSERT INTO t VALUES (?, ?, ?)", .null, .null, .null)
            let rows = try connection.all("SELECT i, t, b FROM t ORDER BY rowid") { (row) throws(SQLiteError) in
                "\(try row.optionalInteger(0) as Any) \(try row.optionalText(1) as Any) \(try row.optionalBlob(2)?.count as Any)"
            }
            #expect(
                rows == [
                    "Optional(\(Int64.min)) Optional(\"\(text.debugDescription.dropFirst().dropLast())\") Optional(256)",
                    "Optional(\(Int64.max)) Optional(\"\") Optional(0)", "nil nil nil",
                ])
            #expect(try connection.run("UPDATE t SET i = 0") == 3)
        }
    }

    @Test("a value of another type, NULL where a value is due, and a wrong count are errors")
    func mismatches() async throws {
        let file = file
        try await onThread {
            var connection = try Connection.open(file, .writing)
            try connection.script("CREATE TABLE t(i INTEGER) STRICT; INSERT INTO t VALUES (NULL)")
            #expect(throws: SQLiteError.self) {
                _ = try connection.first("SELECT i FROM t") { (row) throws(SQLiteError) in try row.integer(0) }
            }
            #expect(throws: SQLiteError.self) {
                _ = try connection.first("SELECT 'x' FROM t") { (row) throws(SQLiteError) in try row.integer(0) }
            }
            #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES (?)") }
            #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES (?)", .text("no number")) }
            #expect(throws: SQLiteError.self) { try connection.run("no statement") }
        }
    }

    @Test("a transaction that throws leaves no trace, and the connection goes on")
    func rollback() async throws {
        let file = file
        try await onThread {
            var connection = try Connection.open(file, .writing)
            try connection.script("CREATE TABLE t(i INTEGER PRIMARY KEY) STRICT")
            do throws(SQLiteError) {
                try connection.transaction { (connection) throws(SQLiteError) in
                    try connection.run("INSERT INTO t VALUES (1)")
                    try connection.run("INSERT INTO t VALUES (1)")
                }
                Issue.record("the constraint was not kept")
            } catch {
                #expect(error.isConstraint)
            }
            let isOpen = connection.isInTransaction
            #expect(!isOpen)
            #expect(try connection.number("SELECT count(*) FROM t") == 0)
        }
    }

    @Test("commits are synced, and the file and its companions are their owner's alone")
    func settings() async throws {
        let file = file
        try await onThread {
            var connection = try Connection.open(file, .writing)
            try connection.script("CREATE TABLE t(i INTEGER)")
            #expect(try connection.number("PRAGMA synchronous") == 2)
            #expect(
                try connection.first("PRAGMA journal_mode") { (row) throws(SQLiteError) in try row.text(0) } == "wal")
            for name in ["", "-wal", "-shm"] {
                #expect(try permissions(file.path + name) == 0o600, "\(name)")
            }
        }
    }

    @Test("a reader does not write")
    func reader() async throws {
        let file = file
        try await onThread {
            let writer = try Connection.open(file, .writing)
            try writer.script("CREATE TABLE t(i INTEGER)")
            var reader = try Connection.open(file, .reading)
            #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t VALUES (1)") }
        }
    }

    @Test("a file that is no database is refused")
    func garbage() async throws {
        let path = try folder.write("garbage.db", String(repeating: "not a database\n", count: 1000))
        await #expect(throws: SQLiteError.self) {
            try await onThread {
                let connection = try Connection.open(DatabaseFile(path: path), .writing)
                return connection.isInTransaction
            }
        }
    }
}
