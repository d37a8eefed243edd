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
        case redeemed
        case unknown
        /// Not redeemed, and why. After ``AuthorizationCodeState/Decision/replayed`` the grant is revoked.
        case refused(AuthorizationCodeState.Decision, grant: GrantID?)
    }

    /// Decides about the code as it is stored; nil for none.
    package func decide(_ stored: AuthorizationCode?, now: UnixTime) -> StoreDecision<Outcome> {
        guard let stored else { return StoreDecision(.unknown) }
        let (state, decision) = stored.state.transition(presentation, now: now)
        guard decision == .redeem else {
            var effects: [StoreEffect] = []
            if state.wrongVerifiers != stored.state.wrongVerifiers {
                effects.append(.setWrongVerifiers(state.wrongVerifiers, ofCode: stored.hash))
            }
            if decision == .replayed, let grant = stored.grantID { effects.append(.endGrant(grant)) }
            return StoreDecision(.refused(decision, grant: stored.grantID), effects)
        }
        let grant = NewGrant(
            clientID: stored.clientID, subject: stored.subject, resource: stored.resource, scope: stored.scope,
            expiresAt: grantExpiresAt)
        let effect = StoreEffect.redeem(
            code: stored.hash, grant, accessToken.ending(by: grantExpiresAt), refreshToken?.ending(by: grantExpiresAt))
        return StoreDecision(.redeemed, [effect])
    }
}
