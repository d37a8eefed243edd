import Cryptography
import HTTPClient
import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// The keys of another issuer: fetched when they are needed, one fetch at a time, renewed beside the requests, and used
/// for a stated time while the issuer is away.
actor IssuerKeys {
    struct Copy: Sendable {
        let keys: JWKSet
        /// Another one for other keys, so that what was verified by the old ones is verified anew.
        let generation: Int
        let fetchedAt: UnixTime
        /// From then on they are fetched anew.
        let freshUntil: UnixTime
        /// From then on they do not count.
        let usableUntil: UnixTime
    }

    private let source: KeySourceReader
    private let staleKeys: Int
    private let clock: Clock
    private let reports: IssuerReports
    /// Read by every request, without a step to the actor.
    private nonisolated let latest = Locked<Copy?>(nil)
    private var running: Fetch?
    private var failure: (trouble: IssuerTrouble, until: UnixTime)?

    private typealias Fetch = Task<Result<Copy, IssuerTrouble>, Never>

    init(
        _ signed: RuntimeConfig.SignedTokens, issuer: String, clients: IssuerClients, reports: IssuerReports,
        clock: Clock = .system
    ) {
        source = KeySourceReader(signed.keys, issuer: issuer, clients: clients)
        staleKeys = signed.staleKeys
        self.reports = reports
        self.clock = clock
    }

    /// Seconds for which keys are fresh, whatever their answer says: a key that was taken away is to be gone soon, and
    /// a host that forbids to keep them is not asked by every request.
    static let freshness = 30...900
    /// Seconds after a fetch for which an unknown key causes no further one: whoever invents key ids gains nothing.
    static let refetchPause = 10
    /// Seconds after a failure for which the issuer is not asked again.
    static let failurePause = 2

    /// Keys that may be used now.
    nonisolated func current(at now: UnixTime) async throws(Rejection) -> Copy {
        guard let copy = latest.withLock({ $0 }), now < copy.usableUntil else {
            return try await fetched(at: now)
        }
        if now >= copy.freshUntil { await renew(at: now) }
        return copy
    }

    /// Keys that are newer than those in which one was not found; nil where there are none, so that the token is
    /// nobody's.
    func newer(than copy: Copy, at now: UnixTime) async throws(Rejection) -> Copy? {
        if let latest = latest.withLock({ $0 }), latest.generation != copy.generation { return latest }
        if let latest = latest.withLock({ $0 }), now < latest.fetchedAt + .seconds(Self.refetchPause) { return nil }
        let found = try await fetched(at: now)
        return found.generation == copy.generation ? nil : found
    }

    /// Fetches them beside the request, if that is not being done and did not fail a moment ago.
    private func renew(at now: UnixTime) {
        // Another request may have done so on the way here.
        if let copy = latest.withLock({ $0 }), now < copy.freshUntil { return }
        _ = try? fetch(at: now)
    }

    private func fetched(at now: UnixTime) async throws(Rejection) -> Copy {
        // Somebody else may have got them on the way here.
        if let copy = latest.withLock({ $0 }), copy.fetchedAt >= now { return copy }
        do throws(IssuerTrouble) {
            return try await fetch(at: now).value.get()
        } catch {
            throw error.rejection
        }
    }

    /// A task of its own, for it serves all who wait and must not end with the first of them; the client's time-out
    /// bounds it.
    private func fetch(at now: UnixTime) throws(IssuerTrouble) -> Fetch {
        if let running { return running }
        if let failure, now < failure.until { throw .paused }
        let task = Task {
            let result = await ask(at: now)
            running = nil
            settle(result)
            return result
        }
        running = task
        return task
    }

    private func ask(at now: UnixTime) async -> Result<Copy, IssuerTrouble> {
        do throws(IssuerTrouble) {
            let (keys, answer) = try await source.keys()
            let known = latest.withLock { $0 }
            let lifetime = min(
                max(Freshness.seconds(of: answer), Self.freshness.lowerBound), Self.freshness.upperBound)
            let generation = known.map { $0.keys == keys ? $0.generation : $0.generation + 1 } ?? 0
            return .success(
                Copy(
                    keys: keys, generation: generation, fetchedAt: now, freshUntil: now + .seconds(lifetime),
                    usableUntil: now + .seconds(max(lifetime, staleKeys))))
        } catch {
            return .failure(error)
        }
    }

    private func settle(_ result: Result<Copy, IssuerTrouble>) {
        switch result {
        case .success(let copy):
            latest.withLock { $0 = copy }
            failure = nil
            reports.note(nil)
        case .failure(let trouble):
            failure = (trouble, clock.now + .seconds(Self.failurePause))
            reports.note(trouble)
        }
    }
}
