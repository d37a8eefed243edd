/// The one writer of a database: a thread that owns its connection and commits requests in groups, so that those who
/// come at the same time share a sync of the disk.
///
/// A caller hears of success only after the commit of its group. A request that fails undoes its own changes and no
/// others'. When the disk is full, or anything else takes the group back, every caller of the group gets the error and
/// nothing of it is stored.
package final class GroupCommitWriter: Sendable {
    private let queue: RequestQueue

    /// Starts the thread; the file is opened with the first request, and again after an error that spoils it.
    package init(_ file: DatabaseFile, groupSize: Int = 64, queueLimit: Int = 10_000) {
        queue = RequestQueue(limit: queueLimit)
        queue.startThread { queue in
            var writer = GroupWriting(file: file)
            while let group = queue.next(atMost: groupSize) { writer.commit(group) }
        }
    }

    deinit { queue.close() }

    /// Runs the body on the writer's connection, inside the transaction of a group. It must only use the connection:
    /// it runs on the thread that everyone waits for, and it may be undone after it returned.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(SQLiteError) -> Value {
        try await queue.perform(body)
    }

    /// Does what waits, closes the connection, and refuses everything after.
    package func close() async {
        await queue.closeAndWait()
    }
}

/// The work of the writer's thread.
private struct GroupWriting: ~Copyable {
    let file: DatabaseFile
    private var connection: Connection?
    /// What lay under the file's name at the last commit; nil before the first one.
    private var identity: DatabaseIdentity?
    /// Why nothing is written any more: what was committed last may be gone, so that going on would hide a loss.
    private var loss: SQLiteError?

    init(file: DatabaseFile) {
        self.file = file
    }

    mutating func commit(_ group: [RequestQueue.Request]) {
        var done: [RequestQueue.Completion] = []
        do throws(SQLiteError) {
            try run(group, into: &done)
        } catch {
            // Whoever ran and whoever did not: nothing of the group is stored.
            for completion in done { completion.resume(error) }
            for request in group.dropFirst(done.count) { request.refuse(error) }
            return
        }
        for completion in done { completion.resume(nil) }
    }

    private mutating func run(
        _ group: [RequestQueue.Request], into done: inout [RequestQueue.Completion]
    ) throws(SQLiteError) {
        var open: Connection
        if let kept = connection.take() {
            try checkFiles(holdsLog: true)
            open = kept
        } else {
            // Before the file is opened, which would make a new one in the place of one that is gone.
            try checkFiles(holdsLog: false)
            open = try Connection.open(file, .writing)
            identity = nil
        }
        do throws(SQLiteError) {
            try Self.run(group, on: &open, into: &done)
        } catch {
            open.rollBack()
            // A connection that cannot even roll back is not kept.
            if !error.spoilsConnection, !open.isInTransaction { connection = consume open }
            throw error
        }
        if identity == nil { identity = DatabaseIdentity(file.path) }
        connection = consume open
    }

    private mutating func checkFiles(holdsLog: Bool) throws(SQLiteError) {
        if let loss { throw loss }
        do throws(SQLiteError) {
            try identity?.check(holdsLog: holdsLog)
        } catch {
            loss = error
            throw error
        }
    }

    private static func run(
        _ group: [RequestQueue.Request], on connection: inout Connection, into done: inout [RequestQueue.Completion]
    ) throws(SQLiteError) {
        try connection.run("BEGIN IMMEDIATE")
        for request in group {
            try connection.run("SAVEPOINT request")
            let completion = request.run(&connection)
            done.append(completion)
            if let failure = completion.failure {
                // Some errors have taken the whole transaction back already.
                guard connection.isInTransaction, !failure.isFull, !failure.spoilsConnection else { throw failure }
                try connection.run("ROLLBACK TO request")
            }
            try connection.run("RELEASE request")
        }
        try connection.run("COMMIT")
    }
}
