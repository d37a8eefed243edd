extension DatabaseFile {
    /// Copies the database as it is at one moment into a new file, while others read and write. Runs on a thread of
    /// its own.
    package func backUp(to path: String) async throws(SQLiteError) {
        let readers = ReaderPool(self, threads: 1)
        let result: Result<Void, SQLiteError>
        do throws(SQLiteError) {
            result = .success(
                try await readers.read { (connection) throws(SQLiteError) in try connection.backUp(to: path) })
        } catch {
            result = .failure(error)
        }
        await readers.close()
        try result.get()
    }
}
