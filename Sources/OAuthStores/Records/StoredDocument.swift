package import OAuthProtocol

/// What a client published at a URL, as it was last fetched: its metadata document, or its keys.
package struct StoredDocument: Hashable, Sendable {
    /// Whose it is; it is kept as long as a grant of that client lives.
    package let clientID: String
    package let url: String
    package let body: [UInt8]
    /// `ETag` of the answer (RFC 9110 §8.8.3).
    package let entityTag: String?
    package let fetchedAt: UnixTime
    /// Until when it may be used without asking again.
    package let freshUntil: UnixTime

    package init(
        clientID: String, url: String, body: [UInt8], entityTag: String?, fetchedAt: UnixTime, freshUntil: UnixTime
    ) {
        self.clientID = clientID
        self.url = url
        self.body = body
        self.entityTag = entityTag
        self.fetchedAt = fetchedAt
        self.freshUntil = freshUntil
    }
}
