/// A few threads with a connection each for reading. Requests that come at the same time share a read transaction,
/// which begins after they came: each sees every commit that its caller knew of.
package final class ReaderPool: Sendable {
    private let queue: RequestQueue

    /// Starts the threads; each opens the file with its first request. The file must have been made by a writer.
    package init(
        _ file: DatabaseFile, threads: Int = 2, access: Connection.Access = .reading, groupSize: Int = 64,
        queueLimit: Int = 10_000
    ) {
        queue = RequestQueue(limit: queueLimit)
        for _ in 0..<threads {
            queue.startThread { queue in
                var reader = GroupReading(file: file, access: access)
                while let group = queue.next(atMost: groupSize) { reader.answer(group) }
            }
        }
    }

    deinit { queue.close() }

    /// Runs the body on one of the connections.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(SQLiteError) -> Value {
        try await queue.perform(body)
    }

    /// Answers what waits, closes the connections, and refuses everything after.
    package func close() async {
        await queue.closeAndWait()
    }
}

/// The work of a reader's thread.
private struct GroupReading: ~Copyable {
    let file: DatabaseFile
    let access: Connection.Access
    private var connection: Connection?

    init(file: DatabaseFile, access: Connection.Access) {
        self.file = file
        self.access = access
    }

    mutating func answer(_ group: [RequestQueue.Request]) {
        var answered = 0
        do throws(SQLiteError) {
            var open: Connection
            if let kept = connection.take() { open = kept } else { open = try Connection.open(file, access) }
            try open.run("BEGIN")
            var isSpoilt = false
            for request in group {
                let completion = request.run(&open)
                answered += 1
                isSpoilt = isSpoilt || completion.failure?.spoilsConnection == true
                completion.resume(nil)
            }
            open.rollBack()
            if !isSpoilt, !open.isInTransaction { connection = consume open }
        } catch {
            for request in group.dropFirst(answered) { request.refuse(error) }
        }
    }
}
