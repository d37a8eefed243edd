/// What the callbacks of the library share: the connections, and whether the server still takes requests.
final class ServerCore: Sendable {
    let options: HTTPServerOptions
    let handler: HTTPServer.Handler
    private let state = Locked(State())

    private struct State {
        var connections: [ObjectIdentifier: Connection] = [:]
        /// Connections with a request in flight.
        var busy = 0
        /// Connections that an answer left open.
        var kept = 0
        /// When a drain gives up waiting; its presence says that the server drains.
        var drainDeadline: ContinuousClock.Instant?
        /// No request may be suspended any more: the library is about to be stopped.
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// Addresses that were refused and told.
        var strangers: Set<String> = []

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

    /// Whether somebody may connect: everybody on this machine, of others whom the options name.
    func admits(_ peer: SocketAddress) -> Bool {
        guard let admits = options.admits, let bytes = peer.bytes, !peer.isLocal, !admits(bytes) else { return true }
        let host = peer.host
        let isNew = state.withLock { state in
            // A proxy that was forgotten shows itself at once; unauthenticated callers write no log full.
            state.strangers.count < 16 && state.strangers.insert(host).inserted
        }
        if isNew { options.report(.strangerRefused(address: host)) }
        return false
    }

    func opened(_ connection: Connection) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
        makeRoom(now: .now)
    }

    func received(target: [UInt8], on connection: Connection) {
        let now = ContinuousClock.now
        let wasBusy = connection.state.withLock { state in
            defer { state.phase = .receiving(now) }
            state.target = target
            state.hasHead = false
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
        let wasKept = connection.state.withLock { $0.isKept }
        state.withLock { state in
            state.connections.removeValue(forKey: ObjectIdentifier(connection))
            if wasKept { state.kept -= 1 }
        }
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
        case .failure(let refusal):
            return exchange.answerAtOnce(reply(to: refusal, on: exchange.connection), now: now)
        case .success(let request):
            if state.withLock({ $0.isStopping }) {
                return exchange.answerAtOnce(reply(to: .draining, on: exchange.connection), now: now)
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
                exchange.answer(reply(response, on: exchange.connection), now: .now)
            }
            return true
        }
    }

    /// The answer to a request that no handler answers, reported.
    func reply(to refusal: HTTPRefusal, on connection: Connection) -> Reply {
        options.report(.refused(refusal))
        return reply(refusal.response, on: connection, closes: refusal.endsConnection)
    }

    private func reply(_ response: HTTPResponse, on connection: Connection, closes: Bool = false) -> Reply {
        Reply(response: response, closes: closes || !keeps(connection), headerLimit: options.responseHeaderLimit)
    }

    /// True when the connection may go on after an answer; from then on it counts as kept.
    private func keeps(_ connection: Connection) -> Bool {
        state.withLock { state in
            guard state.drainDeadline == nil, !isCrowded(state.connections.count) else { return false }
            return connection.state.withLock { own in
                if own.isKept { return true }
                guard state.kept < options.keptConnections else { return false }
                own.isKept = true
                state.kept += 1
                return true
            }
        }
    }

    /// Refuses the request whose head the library has read and will not hand over, in the library's place: it would
    /// write the head of its answer twice, since it goes on with the request after it. On the I/O thread.
    func refuseUnhandedHead(status: Int) {
        let now = ContinuousClock.now
        // A complete head is handed over at once, so there is one such connection at most.
        let refused = state.withLock { state in
            state.connections.values.first { connection in
                connection.state.withLock { own in
                    guard case .receiving = own.phase, !own.hasHead, connection.isHeadComplete else { return false }
                    own.phase = .sending(now)
                    return true
                }
            }
        }
        guard let refused else { return }
        let refusal: HTTPRefusal = status == HTTPRefusal.headersTooLarge.status ? .headersTooLarge : .ambiguousLength
        options.report(.refused(refusal))
        refused.end(with: refusal.closingBytes)
    }

    // MARK: Room for new clients

    /// True when so many are there that the next ones would have to wait.
    private func isCrowded(_ count: Int) -> Bool { count > options.connectionLimit - reserve }

    /// Places that are kept free for new clients, and how many give way at a time.
    private var reserve: Int { max(1, options.connectionLimit / 32) }

    /// How long a client may take for a request when others wait for its place.
    private static let patience = Duration.seconds(1)

    /// Ends connections that rest, the longest resting first, when only the reserve is left; where too few rest, also
    /// those that send their request slowly. On any thread.
    private func makeRoom(now: ContinuousClock.Instant) {
        state.withLock { state in
            guard isCrowded(state.connections.count) else { return }
            var resting: [(Connection, ContinuousClock.Instant)] = []
            var slow: [(Connection, ContinuousClock.Instant)] = []
            for connection in state.connections.values {
                let phase = connection.state.withLock { $0.phase }
                if let since = phase.restingSince {
                    resting.append((connection, since))
                } else if case .receiving(let since) = phase, now - since > Self.patience {
                    slow.append((connection, since))
                }
            }
            // The newest is about to ask for something.
            resting.sort { $0.1 < $1.1 }
            let ready = resting.dropLast().lazy.filter { !$0.0.hasUnreadBytes }.prefix(reserve)
            var ended = 0
            for (connection, _) in ready {
                connection.shut()
                ended += 1
            }
            guard ended < reserve else { return }
            slow.sort { $0.1 < $1.1 }
            for (connection, _) in slow.prefix(reserve - ended) { connection.shut() }
        }
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

    // MARK: Deadlines, on the deadlineMonitor's thread

    /// Ends what has taken too long. Any byte resets the library's own timeout, so a client that drips would stay.
    func reap(now: ContinuousClock.Instant) {
        makeRoom(now: now)
        let late = state.withLock { state in
            let isOver = state.drainDeadline.map { now >= $0 } ?? false
            return state.connections.values.compactMap { connection in
                lateExchange(of: connection, now: now, isOver: isOver)
            }
        }
        for exchange in late {
            exchange.expire(reply(to: .deadlineExceeded, on: exchange.connection), now: now)
        }
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
        if exchange == nil { connection.shut() }
        return exchange
    }
}
