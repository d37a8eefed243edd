import Cryptography
import HTTPClient
import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What another issuer publishes (its keys, its document): fetched when it is needed, one fetch at a time, renewed beside
/// the requests, and used for a stated time while the issuer is away.
actor IssuerCopy<Value: Equatable & Sendable> {
    struct Copy: Sendable {
        let value: Value
        /// Another one for another value, so that what was verified by the old keys is verified anew.
        let generation: Int
        let fetchedAt: UnixTime
        /// From then on it is fetched anew.
        let freshUntil: UnixTime
        /// From then on it does not count.
        let usableUntil: UnixTime
    }

    /// Fetches the value; the answer says how long it is fresh.
    typealias Source = @Sendable (UnixTime) async throws(IssuerTrouble) -> (Value, HTTPClientResponse)

    private let source: Source
    /// Seconds.
    private let usableFor: Int
    private let clock: Clock
    private let reports: IssuerReports?
    /// Read by every request, without a step to the actor.
    private nonisolated let latest = Locked<Copy?>(nil)
    private var running: Fetch?
    private var failure: (trouble: IssuerTrouble, until: UnixTime)?

    private typealias Fetch = Task<Result<Copy, IssuerTrouble>, Never>

    /// Without `reports` somebody else tells the operator.
    init(
        usableFor seconds: Int, reports: IssuerReports?, clock: Clock = .system, source: @escaping Source
    ) {
        self.source = source
        usableFor = seconds
        self.reports = reports
        self.clock = clock
    }

    /// The value that may be used now.
    nonisolated func current(at now: UnixTime) async throws(IssuerTrouble) -> Copy {
        guard let copy = latest.withLock({ $0 }), now < copy.usableUntil else {
            return try await fetched(at: now)
        }
        if now >= copy.freshUntil { await renew(at: now) }
        return copy
    }

    /// A value that is newer than one in which something was not found; nil where there is none, so that a token by an
    /// unknown key is nobody's.
    func newer(than copy: Copy, at now: UnixTime) async throws(IssuerTrouble) -> Copy? {
        if let latest = latest.withLock({ $0 }), latest.generation != copy.generation { return latest }
        if let latest = latest.withLock({ $0 }), now < latest.fetchedAt + .seconds(IssuerCopyTimes.refetchPause) {
            return nil
        }
        let found = try await fetched(at: now)
        return found.generation == copy.generation ? nil : found
    }

    /// Fetches it beside the request, if that is not being done and did not fail a moment ago.
    private func renew(at now: UnixTime) {
        // Another request may have done so on the way here.
        if let copy = latest.withLock({ $0 }), now < copy.freshUntil { return }
        _ = try? fetch(at: now)
    }

    private func fetched(at now: UnixTime) async throws(IssuerTrouble) -> Copy {
        // Somebody else may have got it on the way here.
        if let copy = latest.withLock({ $0 }), copy.fetchedAt >= now { return copy }
        return try await fetch(at: now).value.get()
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
            let (value, answer) = try await source(now)
            let known = latest.withLock { $0 }
            let bounds = IssuerCopyTimes.freshness
            let lifetime = min(max(Freshness.seconds(of: answer), bounds.lowerBound), bounds.upperBound)
            let generation = known.map { $0.value == value ? $0.generation : $0.generation + 1 } ?? 0
            return .success(
                Copy(
                    value: value, generation: generation, fetchedAt: now, freshUntil: now + .seconds(lifetime),
                    usableUntil: now + .seconds(max(lifetime, usableFor))))
        } catch {
            return .failure(error)
        }
    }

    private func settle(_ result: Result<Copy, IssuerTrouble>) {
        switch result {
        case .success(let copy):
            latest.withLock { $0 = copy }
            failure = nil
            reports?.note(nil)
        case .failure(let trouble):
            failure = (trouble, clock.now + .seconds(IssuerCopyTimes.failurePause))
            reports?.note(trouble)
        }
    }
}

/// Seconds; a generic type has no constants of its own.
enum IssuerCopyTimes {
    /// How long a copy is fresh, whatever its answer says: a key that was taken away is to be gone soon, and a host that
    /// forbids to keep it is not asked by every request.
    static let freshness = 30...900
    /// After a fetch an unknown key causes no further one for so long: whoever invents key ids gains nothing.
    static let refetchPause = 10
    /// After a failure the issuer is not asked again for so long.
    static let failurePause = 2
}

/// The keys by which an issuer signs.
typealias IssuerKeys = IssuerCopy<JWKSet>

extension IssuerCopy where Value == JWKSet {
    init(
        _ signed: RuntimeConfig.SignedTokens, issuer: String, clients: IssuerClients, reports: IssuerReports,
        clock: Clock = .system
    ) {
        let reader = KeySourceReader(signed.keys, issuer: issuer, clients: clients)
        self.init(usableFor: signed.staleKeys, reports: reports, clock: clock) { _ throws(IssuerTrouble) in
            try await reader.keys()
        }
    }
}
