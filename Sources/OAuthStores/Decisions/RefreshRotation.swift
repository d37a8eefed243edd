package import OAuthProtocol

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
        case rotated(successor: TokenHash, isRepeated: Bool)
        case unknown
        case foreignClient
        /// Not exchanged, and why. After ``RefreshTokenState/Decision/reused`` the grant is revoked.
        case refused(RefreshTokenState.Decision, grant: GrantID)
    }

    /// Decides about the refresh token as it is stored; nil for none.
    package func decide(_ stored: RefreshToken?, now: UnixTime) -> StoreDecision<Outcome> {
        guard let stored else { return StoreDecision(.unknown) }
        let grant = stored.grant
        guard grant.clientID == clientID else { return StoreDecision(.foreignClient) }
        let access = StoreEffect.addAccessToken(accessToken.ending(by: grant.expiresAt), to: grant.id)
        let decision = stored.state.presented(successor: successor.hash, now: now)
        switch decision {
        case .rotate:
            return StoreDecision(
                .rotated(successor: successor.hash, isRepeated: false),
                [
                    .setSuccessor(successor.hash, ofRefreshToken: token),
                    .addRefreshToken(successor.ending(by: grant.expiresAt), to: grant.id), access,
                ])
        case .sameSuccessor(let made):
            return StoreDecision(.rotated(successor: made, isRepeated: true), [access])
        case .reused:
            return StoreDecision(.refused(decision, grant: grant.id), [.endGrant(grant.id)])
        case .expired, .revoked, .successorLost:
            return StoreDecision(.refused(decision, grant: grant.id))
        }
    }
}
