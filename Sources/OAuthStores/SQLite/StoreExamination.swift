package import SQLite

/// What is at the place of a store, found out without changing anything there.
package struct StoreExamination: Hashable, Sendable {
    /// False for no file, and for one with nothing in it.
    package let holdsStore: Bool
    package let signingKeys: [SigningKey]

    private static let nothing = StoreExamination(holdsStore: false, signingKeys: [])
    /// Up to this size the whole file is checked, which takes well under a second; of a larger one the tables' roots.
    private static let checkedSize = 64 << 20

    /// Throws what would come of opening the file and of writing it: a file that cannot be written, is damaged, another
    /// program's or a later release's.
    package static func of(_ file: DatabaseFile) async throws(StoreFailure) -> StoreExamination {
        // A process that begins to use the file meanwhile shows in it, and then it has to be read another way.
        for _ in 0..<8 {
            let before = try mapError { () throws(SQLiteError) in try file.facts() }
            let result: Result<StoreExamination, StoreFailure>
            do throws(StoreFailure) {
                result = .success(try await look(file, before))
            } catch {
                result = .failure(error)
            }
            if try mapError({ () throws(SQLiteError) in try file.facts() }) == before { return try result.get() }
        }
        throw .unavailable("\(file.path) is being changed all the time")
    }

    private static func look(
        _ file: DatabaseFile, _ facts: DatabaseFile.Facts?
    ) async throws(StoreFailure) -> StoreExamination {
        try mapError { () throws(SQLiteError) in try file.checkWritable() }
        guard let facts, facts.size > 0 else { return nothing }
        let readers = ReaderPool(file, threads: 1, access: .examining)
        let result: Result<(Schema.Opening, [SigningKey]), SQLiteError>
        do throws(SQLiteError) {
            result = .success(
                try await readers.read { (connection) throws(SQLiteError) in
                    try read(&connection, isSmall: facts.size <= checkedSize)
                })
        } catch {
            result = .failure(error)
        }
        await readers.close()
        let (opening, keys) = try mapError { () throws(SQLiteError) in try result.get() }
        if let failure = opening.failure(file.path) { throw failure }
        return opening == .older(0) ? nothing : StoreExamination(holdsStore: true, signingKeys: keys)
    }

    private static func read(
        _ connection: inout Connection, isSmall: Bool
    ) throws(SQLiteError) -> (Schema.Opening, [SigningKey]) {
        let opening = try Schema.look(&connection)
        switch opening {
        case .newer, .foreign, .impossible, .older(0): return (opening, [])
        case .ready, .older: break
        }
        if isSmall { try connection.checkIntegrity() } else { try Schema.visitTables(&connection) }
        let version = if case .older(let found) = opening { found } else { Schema.version }
        return (opening, try connection.signingKeys(ofSchema: version))
    }

    private static func mapError<Value>(_ body: () throws(SQLiteError) -> Value) throws(StoreFailure) -> Value {
        do throws(SQLiteError) { return try body() } catch { throw StoreFailure(error) }
    }
}
