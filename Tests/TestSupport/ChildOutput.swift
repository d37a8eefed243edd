import Foundation

/// One output stream of a ``ChildProcess``, collected as it comes.
package final class ChildOutput: Sendable {
    private let condition = NSCondition()
    private nonisolated(unsafe) var collected: [UInt8] = []  // guarded by `condition`
    private nonisolated(unsafe) var isClosed = false  // guarded by `condition`

    package var bytes: [UInt8] {
        condition.lock()
        defer { condition.unlock() }
        return collected
    }

    /// The bytes so far; malformed UTF-8 is repaired.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Waits until the text holds `fragment`; answers the text, or throws when the deadline or the stream's end comes
    /// first.
    @discardableResult
    package func wait(for fragment: String, deadline: Duration = .seconds(15)) async throws -> String {
        try await onThread { [self] in
            let limit = Date(timeIntervalSinceNow: deadline / .seconds(1))
            condition.lock()
            defer { condition.unlock() }
            while true {
                let text = String(decoding: collected, as: UTF8.self)
                if text.contains(fragment) { return text }
                guard !isClosed, condition.wait(until: limit) else {
                    throw ChildProcess.Failure(description: "no \"\(fragment)\" in: \(text)")
                }
            }
        }
    }

    func drain(_ fd: Int32) {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(fd, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                condition.lock()
                if count > 0 { collected += buffer[..<count] } else { isClosed = true }
                condition.broadcast()
                condition.unlock()
                if count <= 0 { break }
            }
            close(fd)
        }
    }

    /// Waits until the stream has ended, at most so long: a grandchild may hold it open.
    func waitForEnd(_ deadline: Duration) {
        let limit = Date(timeIntervalSinceNow: deadline / .seconds(1))
        condition.lock()
        while !isClosed, condition.wait(until: limit) {}
        condition.unlock()
    }
}
