import Glibc

/// The thread that looks after deadlines.
///
/// A thread of its own, because handlers that block the concurrency pool are among what it must end.
final class DeadlineMonitor: Sendable {
    private let thread: pthread_t
    /// Closed to end the thread.
    private let signal: Int32

    private final class Work: Sendable {
        let core: ServerCore
        let signal: Int32
        let interval: Int32

        init(core: ServerCore, signal: Int32, interval: Int32) {
            self.core = core
            self.signal = signal
            self.interval = interval
        }

        func run() {
            var descriptor = pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
            while true {
                let events = poll(&descriptor, 1, interval)
                if events > 0 || (events < 0 && errno != EINTR) { return }
                core.reap(now: .now)
            }
        }
    }

    init?(_ core: ServerCore) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // Deadlines are kept to a quarter of the shortest one, never busier than 10 ms and never slower than 1 s.
        let shortest = min(core.options.receiveDeadline, core.options.handlerDeadline, core.options.sendDeadline)
        let interval = Int32(min(max(shortest / .milliseconds(1) / 4, 10), 1_000))
        let work = Unmanaged.passRetained(Work(core: core, signal: ends[0], interval: interval))
        var thread = pthread_t()
        // The thread takes over the reference that was retained for it.
        guard pthread_create(&thread, nil, deadlineMonitorMain, work.toOpaque()) == 0 else {
            work.release()
            for end in ends { close(end) }
            return nil
        }
        self.thread = thread
        signal = ends[1]
    }

    /// Ends the thread and waits for it. Once.
    func stop() {
        close(signal)
        pthread_join(thread, nil)
    }

    fileprivate static func main(_ context: UnsafeMutableRawPointer) {
        let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        work.run()
        close(work.signal)
    }
}

/// A function and not a closure: it runs on a thread that the concurrency runtime does not know.
private func deadlineMonitorMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { DeadlineMonitor.main(context) }
    return nil
}
