import OAuthProtocol
import OAuthStores

/// What a running server does without being asked: it reads the signing keys again, rotates them when it is time, and
/// takes away what is over. All processes on a store do this, and what must be done once is done by one of them.
actor Upkeep {
    private let store: any OAuthStore
    private let signing: SigningKeys
    private let policy: GarbagePolicy
    private let garbageInterval: Duration
    private var lastCollection: UnixTime?

    /// What one step did.
    struct Report: Hashable, Sendable {
        var keys: KeyFailure?
        /// Nil when it was not yet time.
        var garbage: GarbageReport?
        var store: StoreFailure?

        var failure: String? { keys?.description ?? store?.description }
    }

    /// How often a server takes a step. What another process does to the keys is seen after this time.
    static let interval = Duration.seconds(5)

    init(
        store: any OAuthStore, signing: SigningKeys, policy: GarbagePolicy = GarbagePolicy(),
        garbageInterval: Duration = .seconds(60)
    ) {
        self.store = store
        self.signing = signing
        self.policy = policy
        self.garbageInterval = garbageInterval
    }

    /// One step at a moment. A failure ends neither the step nor what comes after it.
    func upkeep(now: UnixTime) async -> Report {
        var report = Report()
        do throws(KeyFailure) {
            try await signing.tend(now: now)
        } catch {
            report.keys = error
        }
        // A clock that was set back makes it time, too.
        let isTime = lastCollection.map { now < $0 || now - $0 >= garbageInterval } ?? true
        guard isTime else { return report }
        lastCollection = now
        do throws(StoreFailure) {
            report.garbage = try await store.collectGarbage(now: now, policy: policy)
        } catch {
            report.store = error
        }
        return report
    }

    /// Takes steps until it is cancelled. A trouble is told when it begins and when it changes.
    nonisolated func run(
        every interval: Duration = interval, clock: Clock, tell: @Sendable (String) -> Void
    ) async {
        var trouble: String?
        while true {
            do { try await Task.sleep(for: interval) } catch { return }
            let failure = await upkeep(now: clock.now).failure
            if let failure, failure != trouble { tell("upkeep: \(failure)") }
            trouble = failure
        }
    }
}
