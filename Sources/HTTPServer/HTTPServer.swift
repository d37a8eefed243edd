import CHTTPServer

/// An HTTP/1.1 server on one listener, made to stand behind nginx.
///
/// It owns the library's daemon with its one I/O thread, the listener and the thread that keeps deadlines. Handlers run
/// on the concurrency pool and see only requests that passed every check of this target. A server runs until it is
/// drained, also when nobody holds it any more.
package final class HTTPServer: Sendable {
    /// Answers a request. What it throws becomes a 500 without a word about the cause.
    package typealias Handler = @Sendable (HTTPRequest) async throws -> HTTPResponse

    /// Where it listens, with the real port.
    package let address: ListenAddress
    private let core: ServerCore
    private let deadlineMonitor: DeadlineMonitor
    private let life: Locked<Life>

    private struct Life {
        var running: Running?
        var isDraining = false
        var isStopped = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// What is put away at the end.
    private final class Running: Sendable {
        // Sound: quiesce and stop are the only calls, made by the one drain, in this order.
        nonisolated(unsafe) let daemon: OpaquePointer
        let listener: HTTPListener
        /// The reference that the library's callbacks go by.
        let context: Unmanaged<ServerCore>

        init(daemon: OpaquePointer, listener: consuming HTTPListener, context: Unmanaged<ServerCore>) {
            self.daemon = daemon
            self.listener = listener
            self.context = context
        }

        func stop() {
            cg_http_stop(daemon)
            context.release()
        }
    }

    private init(address: ListenAddress, core: ServerCore, deadlineMonitor: DeadlineMonitor, running: Running) {
        self.address = address
        self.core = core
        self.deadlineMonitor = deadlineMonitor
        life = Locked(Life(running: running))
    }

    /// Listens and serves on loopback or a unix socket; on another address only if the options say that a proxy keeps
    /// others away. `socketMode` is for the file of a unix socket: who may write to it may connect.
    package static func start(
        on address: ListenAddress, socketMode: UInt32 = 0o660, options: HTTPServerOptions = HTTPServerOptions(),
        handler: @escaping Handler
    ) throws(HTTPServerError) -> HTTPServer {
        let listener = try HTTPListener(address, mode: socketMode, isExposed: options.admits != nil)
        let bound = listener.address
        let core = ServerCore(options: options, handler: handler)
        guard let deadlineMonitor = DeadlineMonitor(core) else { throw .library(address: bound.description) }
        let context = Unmanaged.passRetained(core)
        var limits = cg_http_options(
            listen_socket: listener.descriptor, connection_limit: UInt32(options.connectionLimit),
            connection_memory: options.connectionMemory,
            idle_timeout: UInt32(options.idleTimeout / .seconds(1)))
        var callbacks = cg_http_callbacks(
            context: context.toOpaque(), admits: peerAdmitted, opened: connectionOpened, closed: connectionClosed,
            target: targetReceived,
            step: requestStep, completed: requestCompleted, log: libraryLog)
        guard let daemon = cg_http_start(&limits, &callbacks) else {
            context.release()
            deadlineMonitor.stop()
            throw .library(address: bound.description)
        }
        return HTTPServer(
            address: bound, core: core, deadlineMonitor: deadlineMonitor,
            running: Running(daemon: daemon, listener: listener, context: context))
    }

    /// Stops serving without failing anyone who is being served.
    ///
    /// New clients are refused and every answer says `Connection: close`; requests in flight are finished until the
    /// deadline, then answered with 503; then all connections are closed. A second call waits for the first.
    package func drain(deadline: Duration) async {
        let isFirst = life.withLock { life in
            defer { life.isDraining = true }
            return !life.isDraining
        }
        guard isFirst else { return await stopped() }
        await stop(deadline: deadline)
        // The listener is gone with the last reference to what was running, its socket file with it.
        let waiters = life.withLock { life in
            defer { life.waiters = [] }
            life.isStopped = true
            return life.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func stop(deadline: Duration) async {
        guard let running = life.withLock({ $0.running.take() }) else { return }
        core.beginDrain(until: .now + deadline)
        cg_http_quiesce(running.daemon)
        running.listener.refuse()
        await core.settled()
        // No request is suspended now, and none will be: the library may be stopped.
        running.stop()
        deadlineMonitor.stop()
    }

    private func stopped() async {
        await withCheckedContinuation { continuation in
            let isOver = life.withLock { life in
                if life.isStopped { return true }
                life.waiters.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
