import Glibc

/// A value behind a lock, with threads that wait for it to change.
///
/// The lock is the system's own, because `Mutex` has no condition to wait on; the thread sanitizer knows it, too.
final class Monitor<State>: Sendable {
    // Sound: made in init, destroyed in deinit, and in between used by nothing but the functions made for sharing them.
    private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private nonisolated(unsafe) let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // Sound: read and written between lock and unlock alone.
    private nonisolated(unsafe) var state: State

    init(_ state: sending State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state; a thread that waits looks again when `wakes` says so.
    func change<Result>(wakes: Bool = true, _ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            if wakes { pthread_cond_signal(condition) }
            pthread_mutex_unlock(mutex)
        }
        return body(&state)
    }

    /// Changes the state and wakes all threads that wait.
    func changeForAll<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return body(&state)
    }

    /// Blocks the thread until the closure has an answer; it is asked under the lock, first at once.
    func wait<Result>(for body: (inout State) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            pthread_cond_wait(condition, mutex)
        }
    }
}
