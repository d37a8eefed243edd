import OAuthStores

/// Whether the store can be read and written, tried at most once a second however many ask here.
actor StoreProbe {
    private let store: any OAuthStore
    private let condition: StoreCondition?
    private let age: Duration
    private let patience: Duration
    private var last: (answered: Bool, at: ContinuousClock.Instant)?
    private var running: Promise<Bool>?

    init(
        _ store: any OAuthStore, condition: StoreCondition? = nil, age: Duration = .seconds(1),
        patience: Duration = .seconds(1)
    ) {
        self.store = store
        self.condition = condition
        self.age = age
        self.patience = patience
    }

    /// True when a small commit and a reading succeeded less than a second ago. Nobody waits longer than a second for
    /// them.
    func isAnswering() async -> Bool {
        // A request may have met a failure since.
        if let last, ContinuousClock.now - last.at < age { return last.answered && condition?.trouble == nil }
        if let running { return await running.value }
        let outcome = Promise<Bool>()
        running = outcome
        // What hangs cannot be cancelled, so it is left behind.
        let (store, condition) = (store, condition)
        Task { await outcome.fulfil(await Self.isWell(store, condition)) }
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

    private static func isWell(_ store: any OAuthStore, _ condition: StoreCondition?) async -> Bool {
        do throws(StoreFailure) {
            try await store.probe()
            _ = try await store.signingKeys()
        } catch {
            return false
        }
        return condition?.trouble == nil
    }
}
