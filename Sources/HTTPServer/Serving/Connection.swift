import CHTTPServer
import Glibc

/// One client connection: what the deadlineMonitor must know of it.
final class Connection: Sendable {
    // Sound: only the I/O thread asks the library about it, between "opened" and "closed".
    private nonisolated(unsafe) let handle: OpaquePointer
    /// Open from the library's "opened" to its "closed"; the registry closes the door in between.
    let descriptor: Int32
    let remoteAddress: String
    let state: Locked<State>

    struct State {
        var phase: Phase
        /// The target of the request line that was read last.
        var target: [UInt8] = []
        /// The library has handed over the head of that request.
        var hasHead = false
        /// An answer left it open, and the library keeps all memory of a connection that goes on in use.
        var isKept = false
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

        /// Since when it has asked for nothing; nil while it does.
        var restingSince: ContinuousClock.Instant? {
            switch self {
            case .fresh(let since), .idle(let since): since
            case .receiving, .handling, .sending: nil
            }
        }
    }

    init(handle: OpaquePointer, descriptor: Int32, remoteAddress: String, now: ContinuousClock.Instant) {
        self.handle = handle
        self.descriptor = descriptor
        self.remoteAddress = remoteAddress
        state = Locked(State(phase: .fresh(now)))
    }

    /// True when something has come that the library has not read yet, so that the connection is about to be used.
    var hasUnreadBytes: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// Tells the client and the library that it is over; on any thread, as long as the registry knows it.
    func shut() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// True when the library has read the head of the request to its end. On the I/O thread.
    var isHeadComplete: Bool { cg_http_head_size(handle) > 0 }

    /// Writes an answer past the library, which can send nothing after it. On the I/O thread, while nothing is being
    /// sent.
    func end(with bytes: [UInt8]) {
        // Next to nothing was written before, so it fits; a client that has no room for it learns from the close.
        _ = bytes.withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        shutdown(descriptor, Int32(SHUT_WR))
    }
}
