import Foundation

/// Runs blocking work on a thread of its own, so that the few threads of the concurrency pool stay free for the code
/// under test.
package func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}
