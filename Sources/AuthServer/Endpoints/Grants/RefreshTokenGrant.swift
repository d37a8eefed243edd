import OAuthModel
import OAuthProtocol
import OAuthStores

/// Exchanges a refresh token for its one successor (RFC 6749 §6, RFC 9700 §4.14.2).
struct RefreshTokenGrant: TokenGrant {
    let tokens: TokenService
    let resources: ResourceIndicators
    let type = GrantType.refreshToken

    func parse(_ form: ParameterList) throws(Rejection) -> RefreshTokenRequest {
        try RefreshTokenRequest(form, resources: resources)
    }

    func exchange(
        _ request: RefreshTokenRequest, for client: ClientRecord, now: UnixTime
    ) async throws(Rejection) -> TokenResponse {
        guard let presented = OpaqueToken(.refreshToken, presented: request.refreshToken) else {
            throw .grant(.unknown)
        }
        let hash = try tokens.hash(of: presented)
        guard let grant = try await tokens.refreshToken(hash)?.grant else { throw .grant(.unknown) }
        guard grant.clientID == client.id else { throw .grant(.otherClient) }
        try GrantChecks.checkResource(request.resource, of: grant.resource)
        let scopes = try Scopes.refreshed(request.scopes, of: grant.scope.split(separator: " ").map(String.init))
        let subject = TokenSubject(subject: grant.subject, clientID: client.id, resource: grant.resource)
        let access = try await tokens.accessToken(for: subject, scopes: scopes, now: now, until: grant.expiresAt)
        var successor = try tokens.successor(of: presented, madeAt: now)
        let rotation = RefreshRotation(
            token: hash, clientID: client.id, successor: try tokens.stored(refreshToken: successor, now: now),
            accessToken: access.stored)
        let stored = try await tokens.rotate(rotation, now: now)
        // A request that comes again is told the token as it was made at first.
        if stored.madeAt != now { successor = try tokens.successor(of: presented, madeAt: stored.madeAt) }
        return TokenResponse(
            accessToken: access.text, expiresIn: access.lifetime(from: now), refreshToken: successor.text,
            scopes: scopes)
    }
}
