package import SQLite

/// The store on one SQLite file: one writer that commits in groups, readers beside it.
///
/// An operation that changes anything runs on the writer's connection, alone and in one transaction, also when it only
/// finds out that there is nothing to change. A result is told after the commit.
package final class SQLiteOAuthStore: OAuthStore {
    private let writer: GroupCommitWriter
    private let readers: ReaderPool
    private let observe: @Sendable (StoreEvent) -> Void

    private init(
        writer: GroupCommitWriter, readers: ReaderPool,
        observe: @escaping @Sendable (StoreEvent) -> Void
    ) {
        self.writer = writer
        self.readers = readers
        self.observe = observe
    }

    /// Opens the file, makes it if there is none, and brings it to the schema of this release. A file of a later
    /// release, or of somebody else, is refused untouched. `observe` is told what the store goes through; it must
    /// return at once.
    package static func open(
        _ file: DatabaseFile, observe: @escaping @Sendable (StoreEvent) -> Void = { _ in }
    ) async throws(StoreFailure) -> SQLiteOAuthStore {
        let writer = GroupCommitWriter(file)
        let store = SQLiteOAuthStore(writer: writer, readers: ReaderPool(file), observe: observe)
        let failure: StoreFailure
        do throws(StoreFailure) {
            guard let refusal = try await store.write(Schema.bringUp).failure(file.path) else { return store }
            failure = refusal
        } catch {
            failure = error
        }
        await store.close()
        throw failure
    }

    package func probe() async throws(StoreFailure) {
        do throws(SQLiteError) {
            try await writer.write { (connection) throws(SQLiteError) in try Schema.mark(&connection) }
        } catch {
            if !error.isClosed { observe(.failed(StoreFailure(error))) }
            throw StoreFailure(error)
        }
        observe(.probed)
    }

    package func close() async {
        await readers.close()
        await writer.close()
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        do throws(SQLiteError) {
            return try await writer.write(body)
        } catch {
            throw noted(error)
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        do throws(SQLiteError) {
            return try await readers.read(body)
        } catch {
            throw noted(error)
        }
    }

    /// Tells of a failure that is the store's and not the request's.
    private func noted(_ error: SQLiteError) -> StoreFailure {
        let failure = StoreFailure(error)
        if error.ailsStore { observe(.failed(failure)) }
        return failure
    }
}

extension StoreFailure {
    init(_ error: SQLiteError) {
        self = error.isDamage ? .damaged(error.description) : .unavailable(error.description)
    }
}
