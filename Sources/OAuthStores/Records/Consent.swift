package import OAuthProtocol

/// That a user asked not to be asked again for a client.
package struct Consent: Hashable, Sendable {
    package let subject: String
    package let clientID: String
    package let resource: String
    package let scope: String
    /// Of the client's redirect URIs at that time: another set is another consent.
    package let redirectsHash: SecretHash
    package let grantedAt: UnixTime
    package let expiresAt: UnixTime

    package init(
        subject: String, clientID: String, resource: String, scope: String, redirectsHash: SecretHash,
        grantedAt: UnixTime, expiresAt: UnixTime
    ) {
        self.subject = subject
        self.clientID = clientID
        self.resource = resource
        self.scope = scope
        self.redirectsHash = redirectsHash
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
    }
}

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
