import Diagnostics
import OAuthProtocol
import OAuthStores

/// What a running server does without being asked: it reads the signing keys again, rotates them when it is time, and
/// takes away what is over. All processes on a store do this, and what must be done once is done by one of them.
actor MaintenanceTask {
    private let store: any OAuthStore
    private let condition: StoreCondition?
    private let signing: SigningKeys
    private let policy: GarbagePolicy
    private let garbageInterval: Duration
    private var lastCollection: UnixTime?
    /// The number of the last act that was told; nil before the first step, since what was done before the start is no
    /// news.
    private var lastAct: Int64?
    /// What fails of each part, as it was told.
    private var troubles: [Part: String] = [:]

    private enum Part: Hashable { case keys, clearing }

    /// What a look at the keys and at what operators did came to.
    struct Look: Hashable, Sendable {
        var keys: KeyFailure?
        var store: StoreFailure?
        /// What operators did since the look before.
        var acts: [RecordedAct] = []
    }

    /// How often a server looks. What another process does to the keys is seen after this time, however long anything
    /// else takes.
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

    /// Reads the keys, and does what their schedule asks for. A failure does not end the look.
    func look(now: UnixTime) async -> Look {
        var look = Look()
        do throws(KeyFailure) {
            try await signing.rotateIfDue(now: now)
        } catch {
            look.keys = error
        }
        do throws(StoreFailure) {
            look.acts = try await actsSince()
        } catch {
            look.store = error
        }
        guard condition?.trouble != nil else { return look }
        do throws(StoreFailure) {
            // Whether a store in trouble is well again is only seen by writing.
            try await store.probe()
        } catch {
            look.store = error
        }
        return look
    }

    /// Takes away what is over; nil when it is not yet time.
    func clear(now: UnixTime) async -> Result<GarbageReport, StoreFailure>? {
        // A clock that was set back makes it time, too.
        guard lastCollection.map({ now < $0 || now - $0 >= garbageInterval }) ?? true else { return nil }
        do throws(StoreFailure) {
            // Nobody may have written for long.
            try await store.probe()
            lastCollection = now
            return .success(try await store.collectGarbage(now: now, policy: policy))
        } catch {
            return .failure(error)
        }
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

    /// Looks and clears until it is cancelled, each at its own pace: a clearing that takes long delays no look. A
    /// trouble is told when it begins and when it changes.
    nonisolated func run(
        every interval: Duration = interval, clock: Clock, tell: @Sendable (String) -> Void
    ) async {
        await begin()
        async let clearing: Void = repeating(every: interval) {
            guard let result = await self.clear(now: clock.now) else { return }
            if case .failure(let failure) = result {
                if let text = await self.news(failure, of: .clearing) { tell(text) }
            } else {
                await self.end(.clearing)
            }
        }
        await repeating(every: interval) {
            let look = await self.look(now: clock.now)
            for record in look.acts { tell(Self.line(of: record)) }
            if let text = await self.news(look.keys, look.store) { tell(text) }
        }
        await clearing
    }

    private nonisolated func repeating(every interval: Duration, _ step: () async -> Void) async {
        while true {
            do { try await Task.sleep(for: interval) } catch { return }
            await step()
        }
    }

    private func end(_ part: Part) { troubles[part] = nil }

    /// What is to be told of a look; nil for nothing new.
    private func news(_ keys: KeyFailure?, _ failure: StoreFailure?) -> String? {
        switch keys {
        case nil:
            guard let failure else {
                end(.keys)
                return nil
            }
            return news(failure, of: .keys)
        case .store(let failure): return news(failure, of: .keys)
        case .cryptography, .sealed: return news(keys?.description, of: .keys)
        }
    }

    /// Of a failure of the store, which ``StoreCondition`` tells where there is one.
    private func news(_ failure: StoreFailure, of part: Part) -> String? {
        news(condition == nil ? failure.description : nil, of: part)
    }

    private func news(_ failure: String?, of part: Part) -> String? {
        let isKnown = failure.map(troubles.values.contains) ?? true
        troubles[part] = failure
        return isKnown ? nil : failure.map { "maintenance: \($0)" }
    }

    /// `operator uid 0 at 2026-11-21T12:00:00Z: grants revoke --all, 3 grants ended`.
    private static func line(of record: RecordedAct) -> String {
        "operator \(DisplayText.escaped(record.act.actor)) at \(record.act.at.utc): "
            + "\(DisplayText.escaped(record.act.command)), \(OperatorCommand.count(record.grants, "grant")) ended"
    }
}
