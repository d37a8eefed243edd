package import OAuthProtocol
package import OAuthStores

extension MemoryOAuthStore {
    package func authorizationCode(_ hash: TokenHash) -> AuthorizationCode? { codes[hash] }

    package func claim(_ claim: CodeClaim, now: UnixTime) -> CodeClaim.Outcome {
        apply(claim.decide(codes[claim.code], now: now), now)
    }

    package func accessToken(_ hash: TokenHash) -> AccessToken? {
        guard let stored = accessTokens[hash], let grant = grants[stored.grantID] else { return nil }
        return AccessToken(
            scope: stored.scope, issuedAt: stored.issuedAt, expiresAt: stored.expiresAt, grant: grant)
    }

    package func refreshToken(_ hash: TokenHash) -> RefreshToken? {
        guard let stored = refreshTokens[hash], let grant = grants[stored.grantID] else { return nil }
        var rotation: RefreshTokenState.Rotation?
        if let at = stored.rotatedAt, let successor = stored.successor {
            rotation = RefreshTokenState.Rotation(
                at: at, successor: successor, isSuccessorUsed: refreshTokens[successor]?.rotatedAt != nil)
        }
        let state = RefreshTokenState(
            expiresAt: stored.expiresAt, isRevoked: grant.revokedAt != nil, rotation: rotation)
        return RefreshToken(state: state, grant: grant)
    }

    package func rotate(_ rotation: RefreshRotation, now: UnixTime) -> RefreshRotation.Outcome {
        apply(rotation.decide(refreshToken(rotation.token), now: now), now)
    }

    package func revoke(_ revocation: TokenRevocation, now: UnixTime) -> TokenRevocation.Outcome {
        apply(revocation.decide(accessToken(revocation.token), refreshToken(revocation.token)), now)
    }

    private func apply<Outcome>(_ decision: StoreDecision<Outcome>, _ now: UnixTime) -> Outcome {
        for effect in decision.effects { apply(effect, now) }
        return decision.outcome
    }

    private func apply(_ effect: StoreEffect, _ now: UnixTime) {
        switch effect {
        case .setWrongVerifiers(let count, let code): codes[code]?.state.wrongVerifiers = count
        case .redeem(let code, let grant, let access, let refresh):
            let id = addGrant(grant, now: now)
            codes[code]?.state.usedAt = now
            codes[code]?.grantID = id
            if let refresh { add(refresh, to: id) }
            add(access, to: id, now)
            if clients[grant.clientID]?.authorizedAt == nil { clients[grant.clientID]?.authorizedAt = now }
        case .setSuccessor(let successor, let token):
            refreshTokens[token]?.rotatedAt = now
            refreshTokens[token]?.successor = successor
        case .addAccessToken(let token, let grant): add(token, to: grant, now)
        case .addRefreshToken(let token, let grant): add(token, to: grant)
        case .removeAccessToken(let token): accessTokens[token] = nil
        case .endGrant(let grant): end(grant, now)
        }
    }

    private func add(_ token: NewAccessToken, to grant: GrantID, _ now: UnixTime) {
        accessTokens[token.hash] = StoredAccessToken(
            grantID: grant, scope: token.scope, issuedAt: now, expiresAt: token.expiresAt)
    }

    private func add(_ token: NewRefreshToken, to grant: GrantID) {
        refreshTokens[token.hash] = StoredRefreshToken(grantID: grant, expiresAt: token.expiresAt)
    }
}
