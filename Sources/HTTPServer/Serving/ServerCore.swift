import CHTTPServer
import Glibc

/// What the callbacks of the library share: the connections, and whether the server still takes requests.
final class ServerCore: Sendable {
    let options: HTTPServerOptions
    let handler: HTTPServer.Handler
    private let state = Locked(State())

    private struct State {
        var connections: [ObjectIdentifier: Connection] = [:]
        /// Connections with a request in flight.
        var busy = 0
        /// When a drain gives up waiting; its presence says that the server drains.
        var drainDeadline: ContinuousClock.Instant?
        /// No request may be suspended any more: the library is about to be stopped.
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []

        /// The waiters to wake, once the last request is out of a draining server.
        mutating func settle() -> [CheckedContinuation<Void, Never>] {
            guard drainDeadline != nil, busy == 0 else { return [] }
            isStopping = true
            defer { waiters = [] }
            return waiters
        }
    }

    init(options: HTTPServerOptions, handler: @escaping HTTPServer.Handler) {
        self.options = options
        self.handler = handler
    }

    // MARK: The life of a connection, on the I/O thread

    func opened(_ connection: Connection) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
    }

    func received(target: [UInt8], on connection: Connection) {
        let now = ContinuousClock.now
        let wasBusy = connection.state.withLock { state in
            defer { state.phase = .receiving(now) }
            state.target = target
            return state.phase.isBusy
        }
        if !wasBusy { state.withLock { $0.busy += 1 } }
    }

    func completed(_ connection: Connection) {
        let now = ContinuousClock.now
        let wasBusy = connection.state.withLock { state in
            defer { state.phase = .idle(now) }
            return state.phase.isBusy
        }
        if wasBusy { release() }
    }

    /// The descriptor is still open, and nobody may use it after this call.
    func closed(_ connection: Connection) {
        completed(connection)
        state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    private func release() {
        let waiters = state.withLock { state in
            state.busy -= 1
            return state.settle()
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: Requests

    /// The last step of a request; false closes the connection.
    func finish(_ exchange: Exchange) -> Bool {
        let now = ContinuousClock.now
        guard let request = exchange.request() else { return false }
        switch request {
        case .failure(let refusal): return exchange.answerAtOnce(reply(to: refusal), now: now)
        case .success(let request):
            if state.withLock({ $0.isStopping }) {
                return exchange.answerAtOnce(reply(to: .draining), now: now)
            }
            exchange.suspend(now: now)
            exchange.run { [self] in
                let response: HTTPResponse
                do {
                    response = try await handler(request)
                } catch {
                    options.report(.handlerFailed("\(type(of: error))"))
                    response = HTTPRefusal.handlerFailed.response
                }
                exchange.answer(reply(response), now: .now)
            }
            return true
        }
    }

    /// The answer to a request that no handler answers, reported.
    func reply(to refusal: HTTPRefusal) -> Reply {
        options.report(.refused(refusal))
        var reply = reply(refusal.response)
        reply.closes = reply.closes || refusal.endsConnection
        return reply
    }

    private func reply(_ response: HTTPResponse) -> Reply {
        Reply(
            response: response, closes: state.withLock { $0.drainDeadline != nil },
            headerLimit: options.responseHeaderLimit)
    }

    // MARK: The end

    func beginDrain(until deadline: ContinuousClock.Instant) {
        state.withLock { $0.drainDeadline = deadline }
    }

    /// Returns when no request is in flight; from then on none is suspended.
    func settled() async {
        await withCheckedContinuation { continuation in
            let waiters = state.withLock { state in
                state.waiters.append(continuation)
                return state.settle()
            }
            for waiter in waiters { waiter.resume() }
        }
    }

    // MARK: Deadlines, on the reaper's thread

    /// Ends what has taken too long. Any byte resets the library's own timeout, so a client that drips would stay.
    func reap(now: ContinuousClock.Instant) {
        let late = state.withLock { state in
            let isOver = state.drainDeadline.map { now >= $0 } ?? false
            return state.connections.values.compactMap { connection in
                lateExchange(of: connection, now: now, isOver: isOver)
            }
        }
        for exchange in late { exchange.expire(reply(to: .deadlineExceeded), now: now) }
    }

    /// Shuts a connection that is over its time, or names the exchange that is. The registry is locked, so the
    /// descriptor is still this connection's.
    private func lateExchange(of connection: Connection, now: ContinuousClock.Instant, isOver: Bool) -> Exchange? {
        let (exchange, isLate): (Exchange?, Bool) = connection.state.withLock { state in
            switch state.phase {
            case .fresh(let since): (nil, now - since > options.receiveDeadline)
            case .idle(let since): (nil, now - since > options.idleTimeout + options.receiveDeadline)
            case .receiving(let since): (nil, isOver || now - since > options.receiveDeadline)
            case .handling(let since, let exchange): (exchange, isOver || now - since > options.handlerDeadline)
            case .sending(let since): (nil, now - since > (isOver ? .seconds(1) : options.sendDeadline))
            }
        }
        guard isLate else { return nil }
        if exchange == nil { shutdown(connection.descriptor, Int32(SHUT_RDWR)) }
        return exchange
    }
}
