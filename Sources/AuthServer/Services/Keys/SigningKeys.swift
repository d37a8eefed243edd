import Cryptography
import Dispatch
import HTTPServer
import OAuthProtocol
import OAuthStores

/// The keys that sign access tokens and ID tokens, kept in the store and shared by all processes on it.
///
/// The store is the truth. This holds what was last read from it, which is at most one interval of ``MaintenanceTask``
/// old.
final class SigningKeys: Sendable {
    private let store: any SigningKeyStore
    private let seal: AEADKey
    let policy: KeyPolicy
    /// Those that are signed with; each has a key at all times.
    let algorithms: [JWSAlgorithm]
    private let state: Locked<State>

    private struct State {
        var ring: KeyRing
        /// Readings are numbered, so that a slow one does not overwrite a later one.
        var begun = 0
        var installed = 0
        var lastSearch: UnixTime?
    }

    /// Reads nothing yet.
    init(
        store: any SigningKeyStore, seal: AEADKey, policy: KeyPolicy,
        algorithms: [JWSAlgorithm] = [AccessTokenSignature.algorithm]
    ) {
        self.store = store
        self.seal = seal
        self.policy = policy
        self.algorithms = algorithms
        state = Locked(State(ring: .empty))
    }

    /// What was last read.
    var ring: KeyRing { state.withLock { $0.ring } }

    /// The same, read now if nothing was read before.
    func ring(at now: UnixTime) async throws(KeyFailure) -> KeyRing {
        let ring = self.ring
        return ring.isEmpty ? try await rotateIfDue(now: now) : ring
    }

    /// Reads the keys, and does first what their schedule asks for.
    @discardableResult
    func rotateIfDue(now: UnixTime) async throws(KeyFailure) -> KeyRing {
        // Where others are faster, what they did is what was to be done.
        for _ in 0..<8 {
            let (schedules, number) = try await read()
            var isComplete = true
            for schedule in schedules {
                guard case .add(let addition) = schedule.step(at: now) else { continue }
                isComplete = false
                _ = try await add(addition, schedule.algorithm, now: now)
            }
            if isComplete { return try install(schedules, number, now) }
        }
        return try await reload(now: now)
    }

    /// Reads the keys and changes nothing.
    @discardableResult
    func reload(now: UnixTime) async throws(KeyFailure) -> KeyRing {
        let (schedules, number) = try await read()
        return try install(schedules, number, now)
    }

    /// Looks for a key that another process made a moment ago; at most once a second, whoever asks.
    func search(now: UnixTime) async throws(KeyFailure) -> KeyRing {
        let isAllowed = state.withLock { state in
            guard state.lastSearch.map({ now < $0 || now - $0 >= .seconds(1) }) ?? true else { return false }
            state.lastSearch = now
            return true
        }
        return isAllowed ? try await reload(now: now) : ring
    }

    /// Makes the next key of an algorithm before its time. Answers its id; nil while the last rotation is under way,
    /// and when the set is full. Where no key can sign, the new one signs at once.
    func rotate(
        _ algorithm: JWSAlgorithm = AccessTokenSignature.algorithm, now: UnixTime
    ) async throws(KeyFailure) -> String? {
        let ring = try await reload(now: now)
        guard let schedule = ring.schedules.first(where: { $0.algorithm == algorithm }) else { return nil }
        let isStuck = ring.signer(at: now, algorithm) == nil
        guard let addition = isStuck ? schedule.replacement(at: now) : schedule.rotation(at: now) else { return nil }
        let added = try await add(addition, algorithm, now: now)
        try await reload(now: now)
        return added
    }

    /// Takes a key out of use at once, with all that it signed, and has another one sign if need be. False when there
    /// is no such key or it was revoked before.
    func revoke(_ id: String, now: UnixTime) async throws(KeyFailure) -> Bool {
        let isRevoked: Bool
        do throws(StoreFailure) {
            isRevoked = try await store.revokeSigningKey(id, now: now)
        } catch {
            throw .store(error)
        }
        try await rotateIfDue(now: now)
        return isRevoked
    }

    // MARK: the store

    private func read() async throws(KeyFailure) -> ([KeySchedule], number: Int) {
        let number = state.withLock { state in
            state.begun += 1
            return state.begun
        }
        do throws(StoreFailure) {
            let keys = try await store.signingKeys()
            let schedules = algorithms.map { algorithm in
                KeySchedule(
                    keys: keys.filter { $0.algorithm == algorithm.rawValue }, policy: policy, algorithm: algorithm)
            }
            return (schedules, number)
        } catch {
            throw .store(error)
        }
    }

    private func install(_ schedules: [KeySchedule], _ number: Int, _ now: UnixTime) throws(KeyFailure) -> KeyRing {
        let before = ring
        let ring = try KeyFailure.wrapping { () throws(CryptographyError) in
            try KeyRing(schedules, at: now, seal: seal, before: before)
        }
        state.withLock { state in
            guard number > state.installed else { return }
            state.installed = number
            state.ring = ring
        }
        return ring
    }

    /// Answers the id of the new key; nil when another process was faster.
    private func add(
        _ addition: KeySchedule.Addition, _ algorithm: JWSAlgorithm, now: UnixTime
    ) async throws(KeyFailure) -> String? {
        let key: SigningKey
        do throws(CryptographyError) {
            key = try await make(addition, algorithm, now: now).get()
        } catch {
            throw .cryptography(error)
        }
        do throws(StoreFailure) {
            let isAdded = try await store.addSigningKey(
                key, ifNewestIs: addition.newest, retiringItAt: addition.retirement)
            return isAdded ? key.id : nil
        } catch {
            throw .store(error)
        }
    }

    /// On a thread of its own: an RSA key takes a tenth of a second or more, and requests are answered meanwhile.
    private func make(
        _ addition: KeySchedule.Addition, _ algorithm: JWSAlgorithm, now: UnixTime
    ) async -> Result<SigningKey, CryptographyError> {
        let seal = seal
        return await withCheckedContinuation { continuation in
            Self.workshop.async {
                continuation.resume(
                    returning: Result { () throws(CryptographyError) in
                        try SealedKey.make(algorithm, activeFrom: addition.activeFrom, now: now, seal: seal)
                    })
            }
        }
    }

    private static let workshop = DispatchQueue(label: "connectorgen-auth.keys")
}
