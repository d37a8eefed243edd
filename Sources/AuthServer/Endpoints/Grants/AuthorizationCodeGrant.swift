import ContentDigest
import OAuthModel
import OAuthProtocol
import OAuthStores

/// Redeems an authorization code (RFC 6749 §4.1.3) whose verifier the client knows (RFC 7636 §4.6).
struct AuthorizationCodeGrant: TokenGrant {
    let tokens: TokenService
    let resources: ResourceIndicators
    let type = GrantType.authorizationCode

    func parse(_ form: ParameterList) throws(Rejection) -> AuthorizationCodeRequest {
        try AuthorizationCodeRequest(form, resources: resources)
    }

    func exchange(
        _ request: AuthorizationCodeRequest, for client: ClientRecord, now: UnixTime
    ) async throws(Rejection) -> TokenResponse {
        guard let presented = OpaqueToken(.authorizationCode, presented: request.code) else { throw .grant(.unknown) }
        let hash = try tokens.hash(of: presented)
        guard let code = try await tokens.authorizationCode(hash) else { throw .grant(.unknown) }
        let isSameClient = code.clientID == client.id
        if isSameClient {
            try GrantChecks.checkRedirectURI(request.redirectURI, of: code.redirectURI)
            try GrantChecks.checkResource(request.resource, of: code.resource)
        }
        let isVerified = CodeChallenge(stored: code.challenge)
            .isSatisfied(by: request.verifier, sha256: SHA256.hash)
        let scopes = code.scope.split(separator: " ").map(String.init)
        let grantEnd = now + tokens.tokenIssuer.grantLifetime
        let subject = TokenSubject(subject: code.subject, clientID: client.id, resource: code.resource)
        let access = try await tokens.accessToken(for: subject, scopes: scopes, now: now, until: grantEnd)
        var idToken: String?
        if scopes.contains("openid") {
            idToken = try await tokens.idToken(
                for: subject, details: CodeDetails(stored: code.details), accessToken: access.text, now: now)
        }
        let refresh = client.refreshes ? try tokens.newToken(.refreshToken, now: now) : nil
        let claim = CodeClaim(
            code: hash, presentation: .init(isSameClient: isSameClient, isVerified: isVerified),
            accessToken: access.stored,
            refreshToken: try refresh.map { token throws(Rejection) in
                try tokens.stored(refreshToken: token, now: now)
            },
            grantExpiresAt: grantEnd)
        try await tokens.redeem(claim, now: now)
        return TokenResponse(
            accessToken: access.text, expiresIn: access.lifetime(from: now), refreshToken: refresh?.text,
            scopes: scopes, idToken: idToken)
    }
}
