import HTTPServer

/// Whether the process lives and whether it wants requests; both without a word about the config.
final class Health: Sendable {
    /// What a path asks for; the raw value is for logs.
    enum Check: String, Hashable, Sendable { case live, ready }

    private let draining = Locked(false)
    /// Nil where there is no store.
    private let store: StoreProbe?

    init(store: StoreProbe? = nil) {
        self.store = store
    }

    /// From now on `/readyz` answers 503, so that nobody new is sent here.
    func beginDraining() {
        draining.withLock { $0 = true }
    }

    /// `/healthz`, `/livez` and `/readyz`; nil for other paths.
    func check(at path: String) -> Check? {
        switch path {
        case "/healthz", "/livez": .live
        case "/readyz": .ready
        default: nil
        }
    }

    func answer(_ request: HTTPRequest, _ check: Check) async -> HTTPResponse {
        guard request.method == .get || request.method == .head else {
            return CommonAnswers.methodNotAllowed([.get, .head])
        }
        if check == .ready, draining.withLock({ $0 }) { return CommonAnswers.status(503, "draining") }
        if check == .ready, let store, await !store.isAnswering() {
            return CommonAnswers.status(503, "store unavailable")
        }
        return CommonAnswers.status(200, check == .ready ? "ready" : "alive")
    }
}
