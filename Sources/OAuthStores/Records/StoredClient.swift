package import OAuthProtocol

/// A client that registered itself (RFC 7591) or published a document. Clients of the runtime config are not stored.
package struct StoredClient: Hashable, Sendable {
    package let id: String
    /// The registered metadata as JSON, in the words of OAuthProtocol.
    package var metadata: String
    /// Of the client secret; nil for a public client.
    package var secretHash: SecretHash?
    /// The secret before the last rotation, and until when it still works.
    package var previousSecretHash: SecretHash?
    package var previousSecretExpiresAt: UnixTime?
    /// Of the registration access token (RFC 7592); nil when there is none, or none any more.
    package var registrationTokenHash: TokenHash?
    package let createdAt: UnixTime
    /// When a code of this client was first redeemed; nil as long as none was. The store sets it.
    package var authorizedAt: UnixTime?
    /// Goes up by one with each update, so that two updates at once do not overwrite one another.
    package var revision: Int

    package init(
        id: String, metadata: String, secretHash: SecretHash? = nil, previousSecretHash: SecretHash? = nil,
        previousSecretExpiresAt: UnixTime? = nil, registrationTokenHash: TokenHash? = nil, createdAt: UnixTime,
        authorizedAt: UnixTime? = nil, revision: Int = 0
    ) {
        self.id = id
        self.metadata = metadata
        self.secretHash = secretHash
        self.previousSecretHash = previousSecretHash
        self.previousSecretExpiresAt = previousSecretExpiresAt
        self.registrationTokenHash = registrationTokenHash
        self.createdAt = createdAt
        self.authorizedAt = authorizedAt
        self.revision = revision
    }
}

/// What became of a new client.
package enum ClientAdmission: Hashable, Sendable {
    case registered
    /// There is a client with this id.
    case taken
    /// As many clients as are allowed have never had a token; some of them have to be cleared away first.
    case full
}
