import Diagnostics
import OAuthProtocol
import OAuthStores

/// What a running server does without being asked: it reads the signing keys again, rotates them when it is time, and
/// takes away what is over. All processes on a store do this, and what must be done once is done by one of them.
actor Upkeep {
    private let store: any OAuthStore
    private let condition: StoreCondition?
    private let signing: SigningKeys
    private let policy: GarbagePolicy
    private let garbageInterval: Duration
    private var lastCollection: UnixTime?
    /// The number of the last act that was told; nil before the first step, since what was done before the start is no
    /// news.
    private var lastAct: Int64?

    /// What one step did.
    struct Report: Hashable, Sendable {
        var keys: KeyFailure?
        /// Nil when it was not yet time.
        var garbage: GarbageReport?
        var store: StoreFailure?
        /// What operators did since the step before.
        var acts: [RecordedAct] = []

        var failure: String? { keys?.description ?? store?.description }
        /// The same, without what is a failure of the store.
        var ownFailure: String? {
            if case .store? = keys { return nil }
            return keys?.description
        }
    }

    /// How often a server takes a step. What another process does to the keys is seen after this time.
    static let interval = Duration.seconds(5)

    /// `condition` tells the failures of the store where it is given.
    init(
        store: any OAuthStore, condition: StoreCondition? = nil, signing: SigningKeys,
        policy: GarbagePolicy = GarbagePolicy(),
        garbageInterval: Duration = .seconds(60)
    ) {
        self.store = store
        self.condition = condition
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
        do throws(StoreFailure) {
            report.acts = try await actsSince()
        } catch {
            report.store = error
        }
        // A clock that was set back makes it time, too.
        let isTime = lastCollection.map { now < $0 || now - $0 >= garbageInterval } ?? true
        guard isTime || condition?.trouble != nil else { return report }
        do throws(StoreFailure) {
            // Nobody may have written for long, and whether a store in trouble is well again is only seen by writing.
            try await store.probe()
        } catch {
            report.store = error
        }
        guard isTime, report.store == nil else { return report }
        lastCollection = now
        do throws(StoreFailure) {
            report.garbage = try await store.collectGarbage(now: now, policy: policy)
        } catch {
            report.store = error
        }
        return report
    }

    private func actsSince() async throws(StoreFailure) -> [RecordedAct] {
        guard let lastAct else {
            self.lastAct = try await store.lastOperatorAct()
            return []
        }
        let acts = try await store.operatorActs(after: lastAct)
        self.lastAct = acts.last?.number ?? lastAct
        return acts
    }

    /// Notes what operators did up to now, so that the steps tell what they do from now on.
    func begin() async { _ = try? await actsSince() }

    /// Takes steps until it is cancelled. A trouble is told when it begins and when it changes.
    nonisolated func run(
        every interval: Duration = interval, clock: Clock, tell: @Sendable (String) -> Void
    ) async {
        var trouble: String?
        await begin()
        while true {
            do { try await Task.sleep(for: interval) } catch { return }
            let report = await upkeep(now: clock.now)
            for record in report.acts { tell(Self.line(of: record)) }
            let failure = condition == nil ? report.failure : report.ownFailure
            if let failure, failure != trouble { tell("upkeep: \(failure)") }
            trouble = failure
        }
    }

    /// `operator uid 0 at 2026-11-21T12:00:00Z: grants revoke --all, 3 grants ended`.
    private static func line(of record: RecordedAct) -> String {
        "operator \(DisplayText.escaped(record.act.actor)) at \(record.act.at.utc): "
            + "\(DisplayText.escaped(record.act.command)), \(OperatorCommand.count(record.grants, "grant")) ended"
    }
}
