package import OAuthProtocol

/// A signing key of ours, its private half sealed.
package struct SigningKey: Hashable, Sendable {
    package let id: String
    /// The public JWK.
    package let publicKey: String
    /// The private half, sealed with a key that the store does not have.
    package let sealedPrivateKey: [UInt8]
    package let createdAt: UnixTime
    /// From when on it signs; before, it is published only.
    package let activeFrom: UnixTime
    /// Until when it is published after the next one took over; nil while it is the last.
    package var retiresAt: UnixTime?
    /// What it signs with (RFC 7518 §3.1); each algorithm has a sequence of keys of its own.
    package let algorithm: String
    /// Set in an emergency: its tokens are refused at once.
    package var revokedAt: UnixTime?

    package init(
        id: String, publicKey: String, sealedPrivateKey: [UInt8], createdAt: UnixTime, activeFrom: UnixTime,
        retiresAt: UnixTime? = nil, revokedAt: UnixTime? = nil, algorithm: String = "ES256"
    ) {
        self.id = id
        self.publicKey = publicKey
        self.sealedPrivateKey = sealedPrivateKey
        self.createdAt = createdAt
        self.activeFrom = activeFrom
        self.retiresAt = retiresAt
        self.revokedAt = revokedAt
        self.algorithm = algorithm
    }
}

extension [SigningKey] {
    /// The keys of a store, oldest first, with one more, while the newest one of its algorithm is still `newest` (nil:
    /// none), which then retires at `retirement`. Nil when another is the newest, or the id is taken.
    package func adding(
        _ key: SigningKey, ifNewestIs newest: String?, retiringItAt retirement: UnixTime?
    ) -> [SigningKey]? {
        let last = lastIndex { $0.algorithm == key.algorithm }
        guard last.map({ self[$0].id }) == newest, !contains(where: { $0.id == key.id }) else { return nil }
        var keys = self
        if let last { keys[last].retiresAt = retirement }
        keys.append(key)
        return keys
    }
}
