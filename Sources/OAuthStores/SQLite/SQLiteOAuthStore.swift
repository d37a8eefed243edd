package import SQLite

/// The store on one SQLite file: one writer that commits in groups, readers beside it.
///
/// An operation that changes anything runs on the writer's connection, alone and in one transaction, also when it only
/// finds out that there is nothing to change. A result is told after the commit.
package final class SQLiteOAuthStore: OAuthStore {
    private let file: DatabaseFile
    private let writer: GroupCommitWriter
    private let readers: ReaderPool

    private init(file: DatabaseFile, writer: GroupCommitWriter, readers: ReaderPool) {
        self.file = file
        self.writer = writer
        self.readers = readers
    }

    /// Opens the file, makes it if there is none, and brings it to the schema of this release. A file of a later
    /// release, or of somebody else, is refused untouched.
    package static func open(_ file: DatabaseFile) async throws(StoreFailure) -> SQLiteOAuthStore {
        let writer = GroupCommitWriter(file)
        let store = SQLiteOAuthStore(file: file, writer: writer, readers: ReaderPool(file))
        let failure: StoreFailure
        do throws(StoreFailure) {
            switch try await store.write(Schema.bringUp) {
            case .ready: return store
            case .foreign: failure = .damaged("\(file.path) is a database of another program")
            case .newer(let found): failure = .newerSchema(found: found, known: Schema.version)
            }
        } catch {
            failure = error
        }
        await store.close()
        throw failure
    }

    package func close() async {
        await readers.close()
        await writer.close()
    }

    /// Copies the store as it is at one moment into a new file, while it is in use.
    package func backUp(to path: String) async throws(StoreFailure) {
        do throws(SQLiteError) {
            try await file.backUp(to: path)
        } catch {
            throw StoreFailure(error)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        do throws(SQLiteError) {
            return try await writer.write(body)
        } catch {
            throw StoreFailure(error)
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        do throws(SQLiteError) {
            return try await readers.read(body)
        } catch {
            throw StoreFailure(error)
        }
    }
}

extension StoreFailure {
    fileprivate init(_ error: SQLiteError) {
        self = error.isDamage ? .damaged(error.description) : .unavailable(error.description)
    }
}
