import Dispatch
import HTTPServer

/// Runs password checks a few at a time on threads of their own, with a bounded number that waits.
///
/// A check takes a tenth of a second and 64 MiB or more. On the threads that answer requests a handful of them would
/// stop the server, and an unbounded number would take all its memory.
final class PasswordChecks: Sendable {
    typealias Check = @Sendable () -> Void

    private struct State: Sendable {
        /// Threads that have nothing to do, by number.
        var idle: [Int]
        /// In the order they came.
        var waiting: [Check] = []
    }

    private let state: Locked<State>
    private let backlog: Int
    // A queue for each thread: Dispatch gives a queue of its own a thread beyond those of the concurrency pool.
    private let queues: [DispatchQueue]

    /// At most `threads` checks run, and `backlog` more wait.
    init(threads: Int = 2, backlog: Int = 32) {
        let numbers = Array(0..<max(1, threads))
        state = Locked(State(idle: numbers))
        self.backlog = max(0, backlog)
        queues = numbers.map { DispatchQueue(label: "connectorgen-auth.passwords.\($0)") }
    }

    /// The outcome of a check; nil when too many wait already, and then it is not run.
    func run<Outcome: Sendable>(_ check: @escaping @Sendable () -> Outcome) async -> Outcome? {
        await withCheckedContinuation { continuation in
            admit(
                { continuation.resume(returning: check()) },
                orRefuse: { continuation.resume(returning: nil) })
        }
    }

    private enum Admission: Sendable {
        case refused, queued
        case started(thread: Int)
    }

    private func admit(_ check: @escaping Check, orRefuse refuse: Check) {
        let admission = state.withLock { state -> Admission in
            guard let thread = state.idle.popLast() else {
                guard state.waiting.count < backlog else { return .refused }
                state.waiting.append(check)
                return .queued
            }
            return .started(thread: thread)
        }
        switch admission {
        case .refused: refuse()
        case .queued: break
        case .started(let thread): queues[thread].async { self.work(thread, first: check) }
        }
    }

    /// Runs a check, and then what waits until nothing does.
    private func work(_ thread: Int, first: Check) {
        first()
        while let check = next(thread) { check() }
    }

    private func next(_ thread: Int) -> Check? {
        state.withLock { state -> Check? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.idle.append(thread)
            return nil
        }
    }
}
