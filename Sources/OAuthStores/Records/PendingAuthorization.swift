package import OAuthProtocol

/// An authorization request on its way through login and consent.
package struct PendingAuthorization: Hashable, Sendable {
    /// Of the handle that the browser carries.
    package let id: TokenHash
    package let clientID: String
    /// The request and what became known since, as JSON in the words of the server.
    package var details: String
    package let createdAt: UnixTime
    package let expiresAt: UnixTime
    /// Goes up by one with each step, so that a step is taken once.
    package var revision: Int

    package init(
        id: TokenHash, clientID: String, details: String, createdAt: UnixTime, expiresAt: UnixTime, revision: Int = 0
    ) {
        self.id = id
        self.clientID = clientID
        self.details = details
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revision = revision
    }
}
