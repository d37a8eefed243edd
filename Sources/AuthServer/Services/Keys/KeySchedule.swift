import Cryptography
import OAuthProtocol
import OAuthStores

/// What is to be done about the signing keys of one algorithm, as a function of what there is and the time.
///
/// A key is published before it signs, for as long as anybody may remember the set without it, and stays published
/// until the last token that it signed has expired.
struct KeySchedule: Hashable, Sendable {
    /// Oldest first, as the store tells them.
    let keys: [SigningKey]
    let policy: KeyPolicy
    /// What all of the keys sign with.
    var algorithm = JWSAlgorithm.es256

    enum Step: Hashable, Sendable {
        case rest
        /// A key is to be made.
        case add(Addition)
    }

    struct Addition: Hashable, Sendable {
        let activeFrom: UnixTime
        /// The newest key so far; when another process was faster there is another, and nothing is added.
        let newest: String?
        /// When that one ends.
        let retirement: UnixTime?
    }

    /// What time alone asks for: a first key, one in place of a revoked one, the next one after a term.
    func step(at now: UnixTime) -> Step {
        guard let newest = keys.last else {
            return .add(Addition(activeFrom: now, newest: nil, retirement: nil))
        }
        if newest.revokedAt != nil { return .add(replacement(of: newest, at: now)) }
        guard now - newest.activeFrom >= policy.term, let addition = rotation(at: now) else { return .rest }
        return .add(addition)
    }

    /// The next key with due notice; nil while the last rotation is under way, and when the set is full.
    func rotation(at now: UnixTime) -> Addition? {
        guard let newest = keys.last, !isUnderWay(at: now), published(at: now).count < policy.limit else { return nil }
        let start = now + policy.notice
        return Addition(activeFrom: start, newest: newest.id, retirement: start + policy.remembrance)
    }

    /// A key that signs from now on, without notice, since nothing else can.
    func replacement(at now: UnixTime) -> Addition {
        Addition(activeFrom: now, newest: keys.last?.id, retirement: keys.isEmpty ? nil : now + policy.remembrance)
    }

    /// True from the making of a key to its first signature. A start further ahead comes of a clock that was wrong.
    func isUnderWay(at now: UnixTime) -> Bool {
        keys.last.map { now < $0.activeFrom && $0.activeFrom <= now + policy.notice } ?? false
    }

    /// The key that signs; nil when none may.
    func signer(at now: UnixTime) -> SigningKey? {
        let able = keys.filter { $0.maySign(at: now, for: policy.tokenLifetime) }
        // After a clock was set back, all may be of the future; then the one that comes first is the best known.
        return able.last { $0.activeFrom <= now } ?? able.first
    }

    /// The keys of the public set.
    func published(at now: UnixTime) -> [SigningKey] {
        keys.filter { $0.isPublished(at: now) }
    }

    /// After the newest key was revoked. Where an older one may still sign, that one does so while the new one is made
    /// known.
    private func replacement(of newest: SigningKey, at now: UnixTime) -> Addition {
        let stopgap = keys.last {
            $0.activeFrom <= now && $0.maySign(at: now, for: policy.tokenLifetime)
        }
        let end = stopgap.map { $0.retiresAt.map { $0 - policy.tokenLifetime } ?? now + policy.notice } ?? now
        return Addition(
            activeFrom: min(end, now + policy.notice), newest: newest.id, retirement: now + policy.remembrance)
    }
}

extension SigningKey {
    func isPublished(at now: UnixTime) -> Bool {
        revokedAt == nil && retiresAt.map { now < $0 } ?? true
    }

    /// True when what it signs now does not outlive its place in the public set.
    func maySign(at now: UnixTime, for lifetime: Duration) -> Bool {
        revokedAt == nil && retiresAt.map { now + lifetime <= $0 } ?? true
    }
}
