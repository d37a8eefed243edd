import OAuthStores

/// Whether the store answers, asked at most once a second however many ask here.
actor StoreProbe {
    private let store: any OAuthStore
    private let age: Duration
    private let patience: Duration
    private var last: (answered: Bool, at: ContinuousClock.Instant)?
    private var running: Promise<Bool>?

    init(_ store: any OAuthStore, age: Duration = .seconds(1), patience: Duration = .seconds(1)) {
        self.store = store
        self.age = age
        self.patience = patience
    }

    /// True when a cheap reading succeeded less than a second ago. Nobody waits longer than a second for it.
    func isAnswering() async -> Bool {
        if let last, ContinuousClock.now - last.at < age { return last.answered }
        if let running { return await running.value }
        let outcome = Promise<Bool>()
        running = outcome
        // A reading that hangs cannot be cancelled, so it is left behind.
        let store = store
        Task { await outcome.fulfil((try? await store.signingKeys()) != nil) }
        let patience = patience
        let timer = Task {
            do { try await Task.sleep(for: patience) } catch { return }
            await outcome.fulfil(false)
        }
        let answered = await outcome.value
        timer.cancel()
        last = (answered, ContinuousClock.now)
        running = nil
        return answered
    }
}
