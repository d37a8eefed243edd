package import OAuthProtocol

/// An access token as it is asked for: the store adds the grant.
package struct NewAccessToken: Hashable, Sendable {
    /// Of the whole token, also of a signed one.
    package let hash: TokenHash
    /// What this token may do; a part of the grant's.
    package let scope: String
    package let expiresAt: UnixTime

    package init(hash: TokenHash, scope: String, expiresAt: UnixTime) {
        self.hash = hash
        self.scope = scope
        self.expiresAt = expiresAt
    }

    /// The same, ending at the limit of its grant at the latest.
    func ending(by limit: UnixTime) -> NewAccessToken {
        NewAccessToken(hash: hash, scope: scope, expiresAt: min(expiresAt, limit))
    }
}

/// A refresh token as it is asked for.
package struct NewRefreshToken: Hashable, Sendable {
    package let hash: TokenHash
    /// The idle limit; the store cuts it at the grant's absolute one.
    package let expiresAt: UnixTime

    package init(hash: TokenHash, expiresAt: UnixTime) {
        self.hash = hash
        self.expiresAt = expiresAt
    }

    /// The same, ending at the limit of its grant at the latest.
    func ending(by limit: UnixTime) -> NewRefreshToken {
        NewRefreshToken(hash: hash, expiresAt: min(expiresAt, limit))
    }
}

/// An access token that was found, with its grant. Whether it is still good depends on the time.
package struct AccessToken: Hashable, Sendable {
    package let scope: String
    package let issuedAt: UnixTime
    package let expiresAt: UnixTime
    package let grant: Grant

    package init(scope: String, issuedAt: UnixTime, expiresAt: UnixTime, grant: Grant) {
        self.scope = scope
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.grant = grant
    }

    package func isActive(at now: UnixTime) -> Bool { grant.revokedAt == nil && now < expiresAt }
}

/// A refresh token that was found, with its grant.
package struct RefreshToken: Hashable, Sendable {
    package let state: RefreshTokenState
    package let grant: Grant

    package init(state: RefreshTokenState, grant: Grant) {
        self.state = state
        self.grant = grant
    }
}
