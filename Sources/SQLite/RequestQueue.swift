/// What waits for the threads that own connections, and their end.
final class RequestQueue: Sendable {
    /// One piece of work for a connection, and how its caller is told.
    struct Request: Sendable {
        /// Does the work and keeps the answer for later.
        let run: @Sendable (inout Connection) -> Completion
        /// Tells the caller that it was not done.
        let refuse: @Sendable (SQLiteError) -> Void
    }

    /// Work that was done, before anybody was told.
    struct Completion {
        /// What the work itself threw.
        let failure: SQLiteError?
        /// Tells the caller: nil for the answer or the failure of the work, an error to take both back.
        let resume: (SQLiteError?) -> Void
    }

    private struct State {
        var waiting: [Request] = []
        var isClosed = false
        var threads = 0
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let monitor = Monitor(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Lets a thread do the work and waits for its answer without blocking.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Value
    ) async throws(SQLiteError) -> Value {
        let result: Result<Value, SQLiteError> = await withCheckedContinuation { continuation in
            add(
                Request(
                    run: { connection in
                        let result = Result { () throws(SQLiteError) in try body(&connection) }
                        return Completion(failure: result.failure) { error in
                            continuation.resume(returning: error.map { .failure($0) } ?? result)
                        }
                    },
                    refuse: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    private func add(_ request: Request) {
        let refusal: SQLiteError? = monitor.change { state in
            guard !state.isClosed else { return .closed }
            guard state.waiting.count < limit else { return .overloaded }
            state.waiting.append(request)
            return nil
        }
        if let refusal { request.refuse(refusal) }
    }

    /// Starts a thread that serves the queue with `serve` until it is closed and empty.
    func startThread(_ body: @escaping @Sendable (RequestQueue) -> Void) {
        monitor.change(wakes: false) { $0.threads += 1 }
        let hasStarted = WorkerThread.start { [self] in
            body(self)
            threadEnded()
        }
        if !hasStarted {
            close()
            threadEnded()
        }
    }

    /// The next requests in their order, at least one; blocks the thread. Nil when the queue is closed and empty.
    func next(atMost count: Int) -> [Request]? {
        let batch: [Request] = monitor.wait { state in
            if state.waiting.isEmpty { return state.isClosed ? [] : nil }
            if state.waiting.count <= count {
                let all = state.waiting
                state.waiting = []
                return all
            }
            let some = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            return some
        }
        return batch.isEmpty ? nil : batch
    }

    /// Takes no more; what waits is still done.
    func close() {
        monitor.changeForAll { $0.isClosed = true }
    }

    /// Closes, and waits until the threads have ended and their connections are closed.
    func closeAndWait() async {
        close()
        await withCheckedContinuation { continuation in
            let isOver = monitor.change(wakes: false) { state in
                if state.threads == 0 { return true }
                state.closers.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private func threadEnded() {
        let (closers, abandoned) = monitor.change(wakes: false) { state in
            state.threads -= 1
            guard state.threads == 0 else { return ([CheckedContinuation<Void, Never>](), [Request]()) }
            defer {
                state.closers = []
                state.waiting = []
            }
            return (state.closers, state.waiting)
        }
        for request in abandoned { request.refuse(.closed) }
        for closer in closers { closer.resume() }
    }
}

extension Result where Failure == SQLiteError {
    fileprivate var failure: SQLiteError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
