import CSQLite
import CSQLiteCalls

/// A connection to a database and the statements prepared on it. One owner, one thread.
///
/// SQL is always a literal of the source: values come in as parameters and in no other way. A statement is prepared at
/// its first use and kept; it is reset before a call returns, so no forgotten row holds up a checkpoint.
package struct Connection: ~Copyable {
    private let handle: OpaquePointer
    /// By the address of the literal, which is the same each time a call site runs.
    private var statements: [UInt: OpaquePointer] = [:]

    package enum Access: Sendable {
        case reading, writing
        /// Reading a file that may be broken or another program's, without changing anything in it or beside it.
        case examining
    }

    /// Opens the file; writing creates it, readable for its owner alone.
    package static func open(_ file: DatabaseFile, _ access: Access) throws(SQLiteError) -> Connection {
        if access == .examining { return try examine(file) }
        if access == .writing { createPrivateFile(file.path) }
        var connection = try Connection.open(file.path)
        try connection.configure(file, access)
        return connection
    }

    /// Whoever has the file open has its companions beside it, and they are read with it. Where they are missing SQLite
    /// would make them, in the name of whoever looks; but then nobody has the file open, and it can be read as it is.
    private static func examine(_ file: DatabaseFile) throws(SQLiteError) -> Connection {
        let readOnly = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        let connection =
            file.isInUse
            ? try Connection.open(file.path, flags: SQLITE_OPEN_READONLY)
            : try Connection.open(file.immutableURI, flags: readOnly)
        sqlite3_busy_timeout(connection.handle, Int32(clamping: Int(file.busyTimeout / .milliseconds(1))))
        try connection.check(cg_sqlite_harden(connection.handle), "configure the connection")
        try connection.script("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        return connection
    }

    private init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    /// Opens a file that exists, with nothing set up.
    private static func open(
        _ path: String, flags: Int32 = SQLITE_OPEN_READWRITE
    ) throws(SQLiteError) -> Connection {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SQLiteError(code: code, operation: "open the database", of: opened)
            sqlite3_close(opened)
            throw error
        }
        return Connection(owning: opened)
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(handle)
    }

    /// WAL with a sync at each commit: what is committed survives a power cut.
    private mutating func configure(_ file: DatabaseFile, _ access: Access) throws(SQLiteError) {
        sqlite3_busy_timeout(handle, Int32(clamping: Int(file.busyTimeout / .milliseconds(1))))
        try check(cg_sqlite_harden(handle), "configure the connection")
        let mode = try first("PRAGMA journal_mode = WAL") { (row) throws(SQLiteError) in try row.text(0) }
        guard mode == "wal" else {
            throw SQLiteError(
                code: SQLITE_CANTOPEN, operation: "open the database",
                reason: "its file system has no shared memory for a write-ahead log")
        }
        try script("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;")
        try script("PRAGMA cell_size_check = ON;")
        try set("cache_size", to: -16_384)
        switch access {
        case .reading:
            try set("mmap_size", to: file.mappedBytes)
            try script("PRAGMA query_only = ON")
        case .writing:
            try set("wal_autocheckpoint", to: file.checkpointPages)
            try set("journal_size_limit", to: 64 << 20)
            if let pageLimit = file.pageLimit { try set("max_page_count", to: pageLimit) }
        case .examining: break
        }
    }

    // MARK: statements

    /// Runs a statement that returns no rows that matter; answers how many rows it changed.
    @discardableResult
    package mutating func run(_ sql: StaticString, _ values: SQLValue...) throws(SQLiteError) -> Int {
        let statement = try bound(sql, values)
        defer { release(statement) }
        while try step(statement) {}
        return Int(sqlite3_changes64(handle))
    }

    /// The first row, read by the closure; nil when there is none.
    package mutating func first<Value>(
        _ sql: StaticString, _ values: SQLValue..., read: (borrowing Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value? {
        let statement = try bound(sql, values)
        defer { release(statement) }
        return try step(statement) ? try read(Row(statement)) : nil
    }

    /// All rows, read by the closure.
    package mutating func all<Value>(
        _ sql: StaticString, _ values: SQLValue..., read: (borrowing Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> [Value] {
        let statement = try bound(sql, values)
        defer { release(statement) }
        var values: [Value] = []
        while try step(statement) { values.append(try read(Row(statement))) }
        return values
    }

    /// Runs several statements without parameters: a schema.
    package func script(_ sql: StaticString) throws(SQLiteError) {
        try check(sqlite3_exec(handle, "\(sql)", nil, nil, nil), "run a script")
    }

    /// Sets a pragma, which takes no parameters, to a number.
    package func set(_ pragma: StaticString, to value: Int) throws(SQLiteError) {
        try check(sqlite3_exec(handle, "PRAGMA \(pragma) = \(value)", nil, nil, nil), "configure the connection")
    }

    /// The number that a pragma answers.
    package mutating func number(_ pragma: StaticString) throws(SQLiteError) -> Int {
        Int(try first(pragma) { (row) throws(SQLiteError) in try row.integer(0) } ?? 0)
    }

    /// Looks for damage in every page, and throws the first that it finds.
    package mutating func checkIntegrity() throws(SQLiteError) {
        let verdict = try first("PRAGMA quick_check(1)") { (row) throws(SQLiteError) in try row.text(0) }
        guard verdict == "ok" else {
            // A heading comes before the finding.
            let finding = verdict?.split(separator: "\n").last.map(String.init)
            throw SQLiteError(
                code: SQLITE_CORRUPT, operation: "check the database", reason: finding ?? "there is no verdict")
        }
    }

    /// The key that the last insert into a table with an integer key got.
    package var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

    /// False after some errors, which roll the transaction back by themselves.
    package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    // MARK: transactions

    /// Runs the body in a transaction that takes the write lock at once, so that what it read is still true when it
    /// writes.
    package mutating func transaction<Value>(
        _ body: (inout Connection) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value {
        try run("BEGIN IMMEDIATE")
        do throws(SQLiteError) {
            let value = try body(&self)
            try run("COMMIT")
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends a transaction without a trace, if one is still open.
    mutating func rollBack() {
        guard isInTransaction else { return }
        do throws(SQLiteError) {
            try run("ROLLBACK")
        } catch {
            // Nothing more can be done with it; the next BEGIN says so and the connection is replaced.
        }
    }

    // MARK: back-up

    /// Copies the database as it is at this moment into a new file, in one step. In WAL mode others go on writing.
    package func backUp(to path: String) throws(SQLiteError) {
        guard createPrivateFile(path) else {
            throw SQLiteError(code: SQLITE_CANTOPEN, operation: "back up", reason: "the file exists or cannot be made")
        }
        let copy = try Connection.open(path)
        guard let backup = sqlite3_backup_init(copy.handle, "main", handle, "main") else {
            throw SQLiteError(code: sqlite3_errcode(copy.handle), operation: "back up", of: copy.handle)
        }
        let stepped = sqlite3_backup_step(backup, -1)
        let finished = sqlite3_backup_finish(backup)
        guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
            throw SQLiteError(code: finished == SQLITE_OK ? stepped : finished, operation: "back up", of: copy.handle)
        }
    }

    // MARK: how it is done

    private mutating func prepared(_ sql: StaticString) throws(SQLiteError) -> OpaquePointer {
        let key = UInt(bitPattern: sql.utf8Start)
        if let statement = statements[key] { return statement }
        var statement: OpaquePointer?
        let code = sql.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) {
                sqlite3_prepare_v3(
                    handle, $0.baseAddress, Int32($0.count), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
            }
        }
        try check(code, "prepare")
        guard let statement else {
            throw SQLiteError(code: SQLITE_MISUSE, operation: "prepare", reason: "the text holds no statement")
        }
        statements[key] = statement
        return statement
    }

    private mutating func bound(_ sql: StaticString, _ values: [SQLValue]) throws(SQLiteError) -> OpaquePointer {
        let statement = try prepared(sql)
        guard sqlite3_bind_parameter_count(statement) == values.count else {
            throw SQLiteError(code: SQLITE_RANGE, operation: "bind", reason: "the number of values is wrong")
        }
        for (index, value) in values.enumerated() {
            let code = Self.bind(value, to: statement, at: Int32(index + 1))
            guard code == SQLITE_OK else {
                release(statement)
                throw SQLiteError(code: code, operation: "bind", of: handle)
            }
        }
        return statement
    }

    private static func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .blob(let bytes):
            return bytes.withUnsafeBytes {
                cg_sqlite_bind_blob(statement, index, $0.baseAddress, Int32(clamping: $0.count))
            }
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    cg_sqlite_bind_text(statement, index, $0.baseAddress, Int32(clamping: $0.count))
                }
            }
        }
    }

    /// True at a row, false at the end.
    private func step(_ statement: OpaquePointer) throws(SQLiteError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteError(code: code, operation: "run a statement", of: handle)
        }
    }

    private func release(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func check(_ code: Int32, _ operation: String) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw SQLiteError(code: code, operation: operation, of: handle) }
    }
}
