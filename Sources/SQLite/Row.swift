import CSQLite

/// The row at which a statement stands; it lives as long as the closure that reads it.
///
/// A NULL or another type where a value is expected is an error: the schema is strict, so it means a damaged file.
package struct Row: ~Copyable {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    package func integer(_ column: Int) throws(SQLiteError) -> Int64 {
        try expect(column, SQLITE_INTEGER)
        return sqlite3_column_int64(statement, Int32(column))
    }

    package func text(_ column: Int) throws(SQLiteError) -> String {
        try expect(column, SQLITE_TEXT)
        // In this order: asking for the text settles the length in UTF-8.
        let start = sqlite3_column_text(statement, Int32(column))
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self)
    }

    package func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
        try expect(column, SQLITE_BLOB)
        let start = sqlite3_column_blob(statement, Int32(column))
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    package func optionalInteger(_ column: Int) throws(SQLiteError) -> Int64? {
        isNull(column) ? nil : try integer(column)
    }

    package func optionalText(_ column: Int) throws(SQLiteError) -> String? {
        isNull(column) ? nil : try text(column)
    }

    package func optionalBlob(_ column: Int) throws(SQLiteError) -> [UInt8]? {
        isNull(column) ? nil : try blob(column)
    }

    package func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
    }

    private func expect(_ column: Int, _ type: Int32) throws(SQLiteError) {
        guard sqlite3_column_type(statement, Int32(column)) == type else {
            throw .mismatch(column: column)
        }
    }
}
