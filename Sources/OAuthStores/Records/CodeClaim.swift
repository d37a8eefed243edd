package import OAuthProtocol

/// The redemption of a code: who brings it, and what it is to be exchanged for in the same commit.
package struct CodeClaim: Hashable, Sendable {
    package let code: TokenHash
    package let presentation: AuthorizationCodeState.Presentation
    package let accessToken: NewAccessToken
    /// Nil when the client gets none.
    package let refreshToken: NewRefreshToken?
    /// The absolute limit of the grant.
    package let grantExpiresAt: UnixTime

    package init(
        code: TokenHash, presentation: AuthorizationCodeState.Presentation, accessToken: NewAccessToken,
        refreshToken: NewRefreshToken?, grantExpiresAt: UnixTime
    ) {
        self.code = code
        self.presentation = presentation
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.grantExpiresAt = grantExpiresAt
    }

    package enum Outcome: Hashable, Sendable {
        case redeemed(Grant)
        case unknown
        /// Not redeemed, and why. After ``AuthorizationCodeState/Decision/replayed`` the grant is revoked.
        case refused(AuthorizationCodeState.Decision, grant: GrantID?)
    }
}

/// The exchange of a refresh token.
package struct RefreshRotation: Hashable, Sendable {
    package let token: TokenHash
    /// The authenticated client; a token of another one is not touched.
    package let clientID: String
    package let successor: NewRefreshToken
    package let accessToken: NewAccessToken

    package init(token: TokenHash, clientID: String, successor: NewRefreshToken, accessToken: NewAccessToken) {
        self.token = token
        self.clientID = clientID
        self.successor = successor
        self.accessToken = accessToken
    }

    package enum Outcome: Hashable, Sendable {
        /// Exchanged: the successor is the one that was asked for, made now or, within the grace, when the token was
        /// first exchanged. The access token is new.
        case rotated(Grant, successor: TokenHash, isRepeated: Bool)
        case unknown
        case foreignClient
        /// Not exchanged, and why. After ``RefreshTokenState/Decision/reused`` the grant is revoked.
        case refused(RefreshTokenState.Decision, grant: GrantID)
    }
}

/// What a revocation (RFC 7009) hit.
package enum Revocation: Hashable, Sendable {
    /// Unknown, or another client's: the same answer for both.
    case nothing
    case accessToken(GrantID)
    /// A refresh token takes its whole grant with it.
    case grant(GrantID)
}
