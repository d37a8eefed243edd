import HTTPServer
import OAuthProtocol
import OAuthStores

/// Signing keys that were read from a store, to try what a start would do with them. What is changed here reaches no
/// store.
final class SigningKeyCopy: SigningKeyStore {
    private let keys: Locked<[SigningKey]>

    /// `keys` are oldest first.
    init(_ keys: [SigningKey]) {
        self.keys = Locked(keys)
    }

    func signingKeys() -> [SigningKey] { keys.withLock { $0 } }

    func addSigningKey(
        _ key: SigningKey, ifNewestIs newest: String?, retiringItAt retirement: UnixTime?
    ) -> Bool {
        keys.withLock { keys in
            guard let next = keys.adding(key, ifNewestIs: newest, retiringItAt: retirement) else { return false }
            keys = next
            return true
        }
    }

    func revokeSigningKey(_ id: String, now: UnixTime) -> Bool {
        keys.withLock { keys in
            guard let index = keys.firstIndex(where: { $0.id == id && $0.revokedAt == nil }) else { return false }
            keys[index].revokedAt = now
            return true
        }
    }
}
