import SQLite
import TestSupport
import Testing

@Suite("requests share a commit and nothing else")
struct GroupCommitWriterTests {
    let folder: TemporaryFolder
    let file: DatabaseFile

    init() throws {
        folder = try TemporaryFolder()
        file = DatabaseFile(path: folder.file("test.db"))
    }

    private func make(_ file: DatabaseFile) async throws -> GroupCommitWriter {
        let writer = GroupCommitWriter(file)
        try await writer.write { (connection) throws(SQLiteError) in
            try connection.script("CREATE TABLE IF NOT EXISTS t(i INTEGER PRIMARY KEY, b BLOB) STRICT")
        }
        return writer
    }

    private static func insert(_ number: Int, bytes: Int = 0, with writer: GroupCommitWriter) async -> SQLiteError? {
        do throws(SQLiteError) {
            try await writer.write { (connection) throws(SQLiteError) in
                _ = try connection.run(
                    "INSERT INTO t VALUES (?, ?)", .integer(number), .blob([UInt8](repeating: 1, count: bytes)))
            }
            return nil
        } catch {
            return error
        }
    }

    private func stored() async throws -> Set<Int> {
        let readers = ReaderPool(file)
        let rows = try await readers.read { (connection) throws(SQLiteError) in
            try connection.all("SELECT i FROM t") { (row) throws(SQLiteError) in Int(try row.integer(0)) }
        }
        await readers.close()
        return Set(rows)
    }

    @Test("what 500 callers were told is stored is stored, and seen at once")
    func many() async throws {
        let writer = try await make(file)
        let errors = await withTaskGroup(of: SQLiteError?.self) { group in
            for number in 0..<500 { group.addTask { await Self.insert(number, with: writer) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.allSatisfy { $0 == nil })
        #expect(try await stored() == Set(0..<500))
        await writer.close()
    }

    @Test("a request that fails undoes all of its own and nothing of its neighbours")
    func failures() async throws {
        let writer = try await make(file)
        let failed = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do throws(SQLiteError) {
                        try await writer.write { (connection) throws(SQLiteError) in
                            try connection.run("INSERT INTO t VALUES (?, NULL)", .integer(number))
                            // Every third one stumbles after it has written.
                            if number % 3 == 0 {
                                try connection.run("INSERT INTO t VALUES (?, NULL)", .integer(number))
                            }
                        }
                        return nil
                    } catch {
                        return error.isConstraint ? number : -1
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
        }
        #expect(failed == Set((0..<200).filter { $0 % 3 == 0 }))
        #expect(try await stored() == Set((0..<200).filter { $0 % 3 != 0 }))
        await writer.close()
    }

    @Test("Z21 a full disk: whoever was told of success is stored, whoever was not is not, and room helps")
    func full() async throws {
        var small = file
        small.pageLimit = 40
        let writer = try await make(small)
        let acknowledged = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let error = await Self.insert(number, bytes: 1000, with: writer)
                    if let error { #expect(error.isFull) }
                    return error == nil ? number : nil
                }
            }
            return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
        }
        #expect(acknowledged.count < 300)
        #expect(try await stored() == acknowledged)
        // Reads go on, and so do writes once there is room.
        try await writer.write { (connection) throws(SQLiteError) in
            try connection.run("DELETE FROM t")
            try connection.set("max_page_count", to: 10_000)
        }
        #expect(await Self.insert(1, bytes: 1000, with: writer) == nil)
        #expect(try await stored() == [1])
        await writer.close()
    }

    @Test("a closed writer does what waits and refuses what comes")
    func closed() async throws {
        let writer = try await make(file)
        async let before = Self.insert(1, with: writer)
        _ = await before
        await writer.close()
        #expect(await Self.insert(2, with: writer) != nil)
        await writer.close()
        #expect(try await stored() == [1])
    }

    @Test("a queue that is full refuses instead of growing")
    func overload() async throws {
        let writer = GroupCommitWriter(file, groupSize: 4, queueLimit: 10)
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<2000 {
                group.addTask {
                    do throws(SQLiteError) {
                        _ = try await writer.write { (connection) throws(SQLiteError) in
                            try connection.number("PRAGMA user_version")
                        }
                        return false
                    } catch {
                        #expect(error.isBusy)
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused > 0 && refused < 2000)
        await writer.close()
    }

    @Test("a file that cannot be opened is an error for each caller, and is tried again")
    func reopening() async throws {
        let file = DatabaseFile(path: folder.file("later/test.db"))
        let writer = GroupCommitWriter(file)
        await #expect(throws: SQLiteError.self) {
            try await writer.write { (connection) throws(SQLiteError) in try connection.script("CREATE TABLE t(i)") }
        }
        try folder.write("later/.keep", "")
        try await writer.write { (connection) throws(SQLiteError) in try connection.script("CREATE TABLE t(i)") }
        await writer.close()
    }

    @Test("P11 a back-up under load is whole: of each pair that was written together, both or neither")
    func backUp() async throws {
        let writer = try await make(file)
        let copy = folder.file("copy.db")
        let file = file
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<400 {
                group.addTask {
                    try await writer.write { (connection) throws(SQLiteError) in
                        try connection.run("INSERT INTO t VALUES (?, NULL)", .integer(number))
                        try connection.run("INSERT INTO t VALUES (?, NULL)", .integer(number + 10_000))
                    }
                }
            }
            group.addTask { try await file.backUp(to: copy) }
            try await group.waitForAll()
        }
        await writer.close()
        try await onThread {
            var connection = try Connection.open(DatabaseFile(path: copy), .writing)
            let check = try connection.first("PRAGMA integrity_check") { (row) throws(SQLiteError) in try row.text(0) }
            #expect(check == "ok")
            #expect(
                try connection.number(
                    "SELECT count(*) FROM t WHERE i < 10000 AND i + 10000 NOT IN (SELECT i FROM t)") == 0)
            #expect(try permissions(copy) == 0o600)
        }
        await #expect(throws: SQLiteError.self) { try await file.backUp(to: copy) }
    }
}
