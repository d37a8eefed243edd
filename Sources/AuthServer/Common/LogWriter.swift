import Dispatch
import Glibc
import HTTPServer

/// Writes to a descriptor from a thread of its own, so that nobody who has something to say waits for who reads it.
///
/// A pipe that is full, a terminal on hold and a journal that stalls block that one thread. What comes meanwhile waits,
/// up to a bound; what finds no room is left out and counted, and the count is written where those lines would stand.
final class LogWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// Texts that found no room since the writer took what waited.
        var left = 0
        var isWriting = false
    }

    private let descriptor: Int32
    private let capacity: Int
    private let state = Locked(State())
    // Dispatch gives a queue of its own a thread beyond those of the concurrency pool.
    private let thread = DispatchQueue(label: "connectorgen-auth.log")
    /// Entered while there is something to write.
    private let work = DispatchGroup()

    /// At most `capacity` bytes wait, beside as many that are being written.
    init(descriptor: Int32, capacity: Int = 1 << 20) {
        self.descriptor = descriptor
        self.capacity = capacity
    }

    /// Takes a text, whole lines, and returns at once.
    func write(_ text: String) {
        let isFirst = state.withLock { state -> Bool in
            // Once something is left out, all is, until the count is told: so the order holds.
            if state.left == 0, state.waiting.count + text.utf8.count <= capacity {
                state.waiting += text.utf8
            } else {
                state.left += 1
            }
            guard !state.isWriting else { return false }
            state.isWriting = true
            work.enter()
            return true
        }
        if isFirst { thread.async { self.run() } }
    }

    /// Waits until all is written, but not for longer than this; false when it is not.
    @discardableResult
    func flush(within patience: Duration) -> Bool {
        work.wait(timeout: .now() + patience / .seconds(1)) == .success
    }

    private func run() {
        while let (bytes, left) = next() {
            put(bytes)
            if left > 0 { put(Array("\(ConnectorgenAuth.name): \(left) log lines left out: nobody read them\n".utf8)) }
        }
    }

    /// What waits; nil when nothing does, and then the next text starts the writer anew.
    private func next() -> (bytes: [UInt8], left: Int)? {
        state.withLock { state in
            guard !state.waiting.isEmpty || state.left > 0 else {
                state.isWriting = false
                work.leave()
                return nil
            }
            defer {
                state.waiting = []
                state.left = 0
            }
            return (state.waiting, state.left)
        }
    }

    /// Nobody is told when it fails.
    private func put(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // Whoever started us may have made the descriptor one that does not block.
            if count < 0, errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
                continue
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}
