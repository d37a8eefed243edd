package import OAuthProtocol

extension MemoryOAuthStore {
    package func authorizationCode(_ hash: TokenHash) -> AuthorizationCode? { codes[hash] }

    package func claim(_ claim: CodeClaim, now: UnixTime) -> CodeClaim.Outcome {
        guard var code = codes[claim.code] else { return .unknown }
        let (state, decision) = code.state.transition(claim.presentation, now: now)
        code.state = state
        defer { codes[claim.code] = code }
        guard decision == .redeem else {
            if decision == .replayed, let id = code.grantID { end(id, now) }
            return .refused(decision, grant: code.grantID)
        }
        let grant = addGrant(for: code, expiresAt: claim.grantExpiresAt, now: now)
        code.grantID = grant.id
        if let token = claim.refreshToken { add(token, to: grant, now) }
        add(claim.accessToken, to: grant, now)
        if clients[code.clientID]?.authorizedAt == nil { clients[code.clientID]?.authorizedAt = now }
        return .redeemed(grant)
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
        return RefreshToken(state: state, issuedAt: stored.issuedAt, grant: grant)
    }

    package func rotate(_ rotation: RefreshRotation, now: UnixTime) -> RefreshRotation.Outcome {
        guard let token = refreshToken(rotation.token) else { return .unknown }
        let grant = token.grant
        guard grant.clientID == rotation.clientID else { return .foreignClient }
        let decision = token.state.presented(successor: rotation.successor.hash, now: now)
        switch decision {
        case .rotate:
            refreshTokens[rotation.token]?.rotatedAt = now
            refreshTokens[rotation.token]?.successor = rotation.successor.hash
            add(rotation.successor, to: grant, now)
        case .sameSuccessor: break
        case .reused:
            end(grant.id, now)
            return .refused(decision, grant: grant.id)
        case .expired, .revoked, .successorLost: return .refused(decision, grant: grant.id)
        }
        add(rotation.accessToken, to: grant, now)
        let successor = token.state.rotation?.successor ?? rotation.successor.hash
        return .rotated(grant, successor: successor, isRepeated: decision == .sameSuccessor)
    }

    package func revoke(_ token: TokenHash, clientID: String, now: UnixTime) -> Revocation {
        if let found = accessToken(token), found.grant.clientID == clientID {
            accessTokens[token] = nil
            return .accessToken(found.grant.id)
        }
        if let found = refreshToken(token), found.grant.clientID == clientID {
            end(found.grant.id, now)
            return .grant(found.grant.id)
        }
        return .nothing
    }

    private func add(_ token: NewAccessToken, to grant: Grant, _ now: UnixTime) {
        accessTokens[token.hash] = StoredAccessToken(
            grantID: grant.id, scope: token.scope, issuedAt: now, expiresAt: min(token.expiresAt, grant.expiresAt))
    }

    private func add(_ token: NewRefreshToken, to grant: Grant, _ now: UnixTime) {
        refreshTokens[token.hash] = StoredRefreshToken(
            grantID: grant.id, issuedAt: now, expiresAt: min(token.expiresAt, grant.expiresAt))
    }
}
