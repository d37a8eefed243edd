package import OAuthProtocol

/// The number of a grant; the store gives it.
package struct GrantID: Hashable, Sendable {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }
}

/// What a user allowed a client once: the family of all tokens that follow from one code.
package struct Grant: Hashable, Sendable {
    package let id: GrantID
    package let clientID: String
    package let subject: String
    package let resource: String
    /// The full set; a refresh may narrow it for one access token and gets it back when it asks for nothing.
    package let scope: String
    package let createdAt: UnixTime
    /// The absolute limit; no token of the grant outlives it.
    package let expiresAt: UnixTime
    package var revokedAt: UnixTime?

    package init(
        id: GrantID, clientID: String, subject: String, resource: String, scope: String,
        createdAt: UnixTime, expiresAt: UnixTime, revokedAt: UnixTime? = nil
    ) {
        self.id = id
        self.clientID = clientID
        self.subject = subject
        self.resource = resource
        self.scope = scope
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}

/// A grant as it is asked for: the store gives it its number.
package struct NewGrant: Hashable, Sendable {
    package let clientID: String
    package let subject: String
    package let resource: String
    package let scope: String
    /// The absolute limit.
    package let expiresAt: UnixTime

    package init(clientID: String, subject: String, resource: String, scope: String, expiresAt: UnixTime) {
        self.clientID = clientID
        self.subject = subject
        self.resource = resource
        self.scope = scope
        self.expiresAt = expiresAt
    }
}
