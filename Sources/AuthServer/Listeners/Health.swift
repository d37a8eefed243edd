import HTTPServer

/// Whether the process lives and whether it wants requests; both without a word about the config.
final class Health: Sendable {
    /// What is asked; the raw value is for logs.
    enum Question: String, Hashable, Sendable { case live, ready }

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
    func question(at path: String) -> Question? {
        switch path {
        case "/healthz", "/livez": .live
        case "/readyz": .ready
        default: nil
        }
    }

    func answer(_ request: HTTPRequest, _ question: Question) async -> HTTPResponse {
        guard request.method == .get || request.method == .head else {
            return CommonAnswers.methodNotAllowed([.get, .head])
        }
        if question == .ready, draining.withLock({ $0 }) { return CommonAnswers.status(503, "draining") }
        if question == .ready, let store, await !store.isAnswering() {
            return CommonAnswers.status(503, "store unavailable")
        }
        return CommonAnswers.status(200, question == .ready ? "ready" : "alive")
    }
}
