import CHTTPServer
import CMicroHTTPD

/// One request and its answer.
///
/// The I/O thread builds it up; from the moment it is suspended, the first of handler, deadline and drain answers it,
/// and the others come too late.
final class Exchange: Sendable {
    let connection: Connection
    // Sound: the library keeps the connection alive until its request is completed, and only two may touch it: the I/O
    // thread before `suspend`, and after it the one caller that finds the stage `suspended`.
    private nonisolated(unsafe) let handle: OpaquePointer
    private let state: Locked<State>

    private struct State {
        var head: Result<RequestHead, HTTPRefusal>
        var body: [UInt8] = []
        var stage = Stage.receiving
        /// The handler at work.
        var task: Task<Void, Never>?
    }

    private enum Stage { case receiving, suspended, answered }

    init(_ connection: Connection, handle: OpaquePointer, head: Result<RequestHead, HTTPRefusal>) {
        self.connection = connection
        self.handle = handle
        state = Locked(State(head: head))
    }

    /// The refusal that cannot wait for the body, if there is one.
    var urgentRefusal: HTTPRefusal? {
        state.withLock { state in
            if case .failure(let refusal) = state.head, refusal.endsConnection { refusal } else { nil }
        }
    }

    /// Takes a piece of the body; what a refused request sends is dropped. The head has limited the length already.
    func append(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            if case .success = state.head { state.body += bytes }
        }
    }

    /// The whole request, or why it is refused; nil when it was answered and the answer could not be queued.
    func request() -> Result<HTTPRequest, HTTPRefusal>? {
        state.withLock { state in
            guard state.stage == .receiving else { return nil }
            return state.head.map { head in
                HTTPRequest(
                    head.method, head.target.path, rawQuery: head.target.query, query: head.query,
                    headers: head.headers, body: state.body, remoteAddress: connection.remoteAddress)
            }
        }
    }

    /// Hands the exchange over to whoever answers it first. On the I/O thread, in the last step of the request.
    func suspend(now: ContinuousClock.Instant) {
        state.withLock { $0.stage = .suspended }
        connection.state.withLock { $0.phase = .handling(now, self) }
        MHD_suspend_connection(handle)
    }

    /// Starts the handler's task and remembers it, so that a deadline can cancel it.
    func run(_ work: @escaping @Sendable () async -> Void) {
        let task = Task { await work() }
        let isOver = state.withLock { state in
            if state.stage == .suspended { state.task = task }
            return state.stage != .suspended
        }
        // Answered meanwhile, by the handler itself, which this does not touch any more, or by a deadline.
        if isOver { task.cancel() }
    }

    /// Answers a suspended exchange and wakes its connection; false when it was answered before.
    @discardableResult
    func answer(_ reply: Reply, now: ContinuousClock.Instant) -> Bool {
        let isFirst = state.withLock { state in
            guard state.stage == .suspended else { return false }
            state.stage = .answered
            state.task = nil
            return true
        }
        guard isFirst else { return false }
        connection.state.withLock { $0.phase = .sending(now) }
        reply.queue(on: handle)
        // If the reply could not be queued, the library asks once more, and is told to close.
        MHD_resume_connection(handle)
        return true
    }

    /// Answers on the I/O thread, without suspension; false when the reply could not be queued.
    func answerAtOnce(_ reply: Reply, now: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.stage = .answered }
        connection.state.withLock { $0.phase = .sending(now) }
        return reply.queue(on: handle)
    }

    /// Answers for a handler that is late, and cancels it.
    func expire(_ reply: Reply, now: ContinuousClock.Instant) {
        let task = state.withLock { $0.task }
        if answer(reply, now: now) { task?.cancel() }
    }
}
