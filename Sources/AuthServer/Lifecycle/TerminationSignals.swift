import Glibc

/// The signals that the process acts on, blocked in every thread and taken by the one that asks here.
struct TerminationSignals {
    private let set: sigset_t

    /// Blocks the signals in this thread and in all that it will start; call it before there are any.
    static func block() -> TerminationSignals {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        return TerminationSignals(set: set)
    }

    /// The same with those that a server gets and a command does not: SIGHUP too is waited for, and SIGUSR1 and
    /// SIGUSR2, which have no meaning here, no longer end the process. Call it before there are other threads.
    func serving() -> TerminationSignals {
        var set = set
        sigaddset(&set, SIGHUP)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        for number in [SIGUSR1, SIGUSR2] { signal(number, SIG_IGN) }
        return TerminationSignals(set: set)
    }

    /// Sleeps until one comes; answers its number.
    func wait() -> Int32 {
        var set = set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number
    }

    /// Sleeps until one comes or the time is over; nil for the latter.
    func wait(seconds: Int) -> Int32? {
        var set = set
        var limit = timespec(tv_sec: seconds, tv_nsec: 0)
        while true {
            let number = sigtimedwait(&set, nil, &limit)
            if number > 0 { return number }
            if errno != EINTR { return nil }
        }
    }
}
