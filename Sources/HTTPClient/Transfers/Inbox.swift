import CCurl
import Glibc

/// What callers hand to the thread, and how its end is told.
final class Inbox: Sendable {
    private enum Stage { case announced, cancelled, added }

    private struct State {
        var lastID: UInt64 = 0
        var stages: [UInt64: Stage] = [:]
        var added: [Call] = []
        var cancelled: [UInt64] = []
        var isClosed = false
        var hasEnded = false
        /// Until somebody waits for its very end.
        var thread: pthread_t?
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    /// What the thread finds.
    struct Mail {
        let calls: [Call]
        let cancelled: [UInt64]
        let isClosed: Bool
    }

    private let limit: Int
    // Sound: the thread that was started alone uses the pool, but for waking it, which libcurl allows from any thread
    // and which happens under the lock and not after the thread's end.
    private nonisolated(unsafe) let pool: UnsafeMutableRawPointer
    // Sound: made in init, destroyed in deinit, and in between used by nothing but the functions made for sharing it.
    private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    // Sound: read and written between lock and unlock alone.
    private nonisolated(unsafe) var state = State()

    init(limit: Int, pool: UnsafeMutableRawPointer) {
        self.limit = limit
        self.pool = pool
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        // Nobody waits any more; this may well be the thread itself.
        if let thread = state.thread { pthread_detach(thread) }
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Makes room for a call, so that it can be cancelled before it is added.
    func announce() throws(HTTPClientError) -> UInt64 {
        try change { (state) throws(HTTPClientError) in
            guard !state.isClosed else { throw .closed }
            guard state.stages.count < limit else { throw .overloaded }
            state.lastID += 1
            state.stages[state.lastID] = .announced
            return state.lastID
        }
    }

    func add(_ call: Call) {
        let refusal: HTTPClientError? = change { state in
            let isCancelled = state.stages[call.id] == .cancelled
            guard !state.isClosed, !isCancelled else {
                state.stages[call.id] = nil
                return isCancelled ? .cancelled : .closed
            }
            state.stages[call.id] = .added
            state.added.append(call)
            curl_multi_wakeup(pool)
            return nil
        }
        if let refusal { call.resume(.failure(refusal)) }
    }

    func cancel(_ id: UInt64) {
        change { state in
            switch state.stages[id] {
            case .announced: state.stages[id] = .cancelled
            case .added:
                state.cancelled.append(id)
                if !state.hasEnded { curl_multi_wakeup(pool) }
            case .cancelled, nil: break
            }
        }
    }

    /// Takes no more.
    func close() {
        change { state in
            state.isClosed = true
            if !state.hasEnded { curl_multi_wakeup(pool) }
        }
    }

    func closeAndWait() async {
        close()
        await withCheckedContinuation { continuation in
            let isOver = change { state in
                if !state.hasEnded { state.closers.append(continuation) }
                return state.hasEnded
            }
            if isOver { continuation.resume() }
        }
        let thread = change { state in
            defer { state.thread = nil }
            return state.thread
        }
        // It has nothing left to do but what libraries clean up at the end of a thread.
        if let thread { pthread_join(thread, nil) }
    }

    // MARK: the thread

    /// False when the system has none left. Signals go to other threads.
    func startThread() -> Bool {
        let retained = Unmanaged.passRetained(TransferThread(self, pool: pool))
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        // A thread begins with the mask of the one that makes it.
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return change { state in
            var thread = pthread_t()
            guard pthread_create(&thread, nil, runTransfers, retained.toOpaque()) == 0 else {
                retained.release()
                state.hasEnded = true
                return false
            }
            state.thread = thread
            return true
        }
    }

    /// Takes out what has come.
    func takeMail() -> Mail {
        change { state in
            defer {
                state.added = []
                state.cancelled = []
            }
            return Mail(calls: state.added, cancelled: state.cancelled, isClosed: state.isClosed)
        }
    }

    /// The call is over and its caller about to be told.
    func finished(_ id: UInt64) {
        change { $0.stages[id] = nil }
    }

    /// The pool is about to go; from here on nothing wakes it. Answers who waits for that.
    func threadEnds() -> [CheckedContinuation<Void, Never>] {
        change { state in
            state.hasEnded = true
            defer { state.closers = [] }
            return state.closers
        }
    }

    private func change<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}

private func runTransfers(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // The one reference that `startThread` handed over.
    if let context { Unmanaged<TransferThread>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
