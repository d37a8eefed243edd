import Glibc

/// A thread that does one piece of work. Whoever starts one joins it.
struct HelperThread {
    private let thread: pthread_t

    /// Nil when the system has no thread to give; the work is dropped then.
    init?(_ work: @escaping @Sendable () -> Void) {
        let retained = Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        guard pthread_create(&thread, nil, perform, retained.toOpaque()) == 0 else {
            retained.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits until the work is done.
    func join() { pthread_join(thread, nil) }

    /// How many there are; 1 when the system does not say.
    static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    fileprivate final class Work: Sendable {
        let perform: @Sendable () -> Void

        init(_ perform: @escaping @Sendable () -> Void) {
            self.perform = perform
        }
    }
}

private func perform(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // The one reference that `init` handed over.
    if let context { Unmanaged<HelperThread.Work>.fromOpaque(context).takeRetainedValue().perform() }
    return nil
}
