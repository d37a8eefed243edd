import CHTTPServer
import Synchronization

/// A value behind a lock.
///
/// The one place of the target where a lock stands, because the thread sanitizer does not see through `Mutex` and has
/// to be told; other builds pay nothing for that.
package final class Locked<Value>: Sendable {
    private let mutex: Mutex<Value>

    package init(_ value: sending Value) {
        mutex = Mutex(value)
    }

    package func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        // The address is only a name for the lock; nothing is read or written through it.
        let name = Unmanaged.passUnretained(self).toOpaque()
        return try mutex.withLock { (value) throws(Failure) in
            cg_lock_acquired(name)
            defer { cg_lock_releasing(name) }
            return try body(&value)
        }
    }
}
