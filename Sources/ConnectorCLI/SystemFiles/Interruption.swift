import Glibc

/// Signals held back while there is something to clean up.
///
/// Between the two ends of ``holding(_:)`` SIGINT, SIGTERM and SIGHUP wait; the work asks now and then
/// whether one came, cleans up and leaves by an error. When the hold ends, the signal takes its course: the process
/// dies of it, and its parent sees just that (130, 143 and 129 in a shell). A signal that the process was
/// started to ignore (`nohup`) stays ignored.
struct Interruption: ~Copyable {
    private var held = sigset_t()

    private init() {
        sigemptyset(&held)
        for signal in [SIGINT, SIGTERM, SIGHUP] where !Interruption.isIgnored(signal) { sigaddset(&held, signal) }
    }

    static func holding<Value>(
        _ work: (borrowing Interruption) throws(FileError) -> Value
    ) throws(FileError) -> Value {
        var interruption = Interruption()
        var before = sigset_t()
        sigprocmask(SIG_BLOCK, &interruption.held, &before)
        defer { sigprocmask(SIG_SETMASK, &before, nil) }
        return try work(interruption)
    }

    /// Fails when a signal waits.
    func check() throws(FileError) {
        var pending = sigset_t()
        sigpending(&pending)
        var held = held
        for signal in [SIGINT, SIGTERM, SIGHUP] where sigismember(&held, signal) == 1 {
            if sigismember(&pending, signal) == 1 {
                throw FileError("go on with", "the build", reason: "it was interrupted")
            }
        }
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        // Handlers are plain addresses in C; SIG_IGN is the address 1, which Swift can only compare as a number.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
            == unsafeBitCast(SIG_IGN, to: UInt.self)
    }
}
