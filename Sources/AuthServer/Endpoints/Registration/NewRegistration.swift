import OAuthProtocol
import OAuthStores

/// What a client is given when it registers. In clear it stands in one answer; the store gets digests.
struct NewRegistration: Sendable {
    let client: StoredClient
    let metadata: ClientMetadata
    let secret: OpaqueToken?
    let accessToken: OpaqueToken

    /// Makes an identifier of the moment and 128 random bits, and a secret for a client that can keep one.
    init(_ metadata: ClientMetadata, tokens: TokenService, now: UnixTime) throws(Rejection) {
        self.metadata = metadata
        secret = metadata.needsSecret ? try tokens.newToken(.clientSecret, now: now) : nil
        accessToken = try tokens.newToken(.registrationToken, now: now)
        client = StoredClient(
            id: RegisteredClient.prefix + (try tokens.newIdentifier(now: now)),
            metadata: metadata.storedText,
            secretHash: try secret.map { token throws(Rejection) in try tokens.digest(of: token.text) },
            registrationTokenHash: try tokens.hash(of: accessToken), createdAt: now)
    }
}
