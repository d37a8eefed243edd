/// One client connection: what the reaper must know of it.
final class Connection: Sendable {
    /// Open from the library's "opened" to its "closed"; the registry closes the door in between.
    let descriptor: Int32
    let remoteAddress: String
    let state: Locked<State>

    struct State {
        var phase: Phase
        /// The target of the request line that was read last.
        var target: [UInt8] = []
    }

    /// Where a connection stands in its current request, and since when.
    enum Phase {
        /// Nothing was asked yet.
        case fresh(ContinuousClock.Instant)
        /// The last answer is out.
        case idle(ContinuousClock.Instant)
        case receiving(ContinuousClock.Instant)
        case handling(ContinuousClock.Instant, Exchange)
        case sending(ContinuousClock.Instant)

        /// True while a request is in flight.
        var isBusy: Bool {
            switch self {
            case .fresh, .idle: false
            case .receiving, .handling, .sending: true
            }
        }
    }

    init(descriptor: Int32, remoteAddress: String, now: ContinuousClock.Instant) {
        self.descriptor = descriptor
        self.remoteAddress = remoteAddress
        state = Locked(State(phase: .fresh(now)))
    }
}
