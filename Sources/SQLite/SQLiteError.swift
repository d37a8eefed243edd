import CSQLite

/// Why SQLite did not do what it was asked. Names no value that was bound.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The extended result code (sqlite.org/rescode.html).
    package let code: Int32
    /// What was being done, in one word or two.
    package let operation: String
    /// SQLite's own sentence.
    package let reason: String

    package init(code: Int32, operation: String, reason: String) {
        self.code = code
        self.operation = operation
        self.reason = reason
    }

    init(code: Int32, operation: String, of handle: OpaquePointer? = nil) {
        let text = handle.flatMap(sqlite3_errmsg) ?? sqlite3_errstr(code)
        self.init(code: code, operation: operation, reason: text.map { String(cString: $0) } ?? "unknown")
    }

    /// The code without what extends it.
    package var primaryCode: Int32 { code & 0xFF }

    /// The disk, or the page limit, has no room.
    package var isFull: Bool { primaryCode == SQLITE_FULL }
    /// A uniqueness, type or other constraint of the schema.
    package var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }
    /// Another process held the lock longer than the timeout, or the queue is full: trying later may help.
    package var isBusy: Bool { primaryCode == SQLITE_BUSY }
    /// The file cannot be trusted or reached through this connection; a new one may do.
    package var spoilsConnection: Bool {
        [SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PROTOCOL]
            .contains(primaryCode)
    }

    /// The queue is closed, so nothing was asked of the database.
    package var isClosed: Bool { self == .closed }
    /// Another attempt, or a request of another kind, will most likely fail as well.
    package var ailsStore: Bool { isFull || spoilsConnection || isDamage }

    /// What is stored is not what was written.
    package var isDamage: Bool { [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_MISMATCH].contains(primaryCode) }

    /// A value of another type or shape than the reader expects.
    package static func mismatch(column: Int) -> SQLiteError {
        SQLiteError(
            code: SQLITE_MISMATCH, operation: "read column \(column)", reason: "a value of another type is stored")
    }

    package var description: String { "cannot \(operation): \(reason) (SQLite code \(code))" }

    /// A file of the database was removed or replaced while it was open.
    static func moved(_ path: String) -> SQLiteError {
        SQLiteError(
            code: SQLITE_READONLY | 4 << 8,  // SQLITE_READONLY_DBMOVED, a macro that Swift does not see
            operation: "write",
            reason:
                "\(path) was removed or replaced while it was in use: put it back, or restore the back-up, and restart")
    }

    /// The queue takes no more.
    static let overloaded = SQLiteError(code: SQLITE_BUSY, operation: "queue", reason: "too many requests wait")
    static let closed = SQLiteError(code: SQLITE_MISUSE, operation: "queue", reason: "the database was closed")
}
