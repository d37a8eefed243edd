import ContentDigest
import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores

/// `/token` (RFC 6749 §3.2): exchanges a code or a refresh token for tokens, after all that can be refused without
/// consuming anything was refused.
struct TokenEndpoint: Endpoint {
    let authority: Authority
    let purpose: RateLimits.Purpose? = .tokenRequest

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let form = try call.form()
        let asked = try TokenRequest(form, resources: authority.policy.resources)
        let client = try await authority.authenticate(call, form)
        try asked.checkGrantType(of: client)
        let answer =
            switch asked {
            case .authorizationCode(let redemption): try await redeem(redemption, for: client, now: call.now)
            case .refreshToken(let refresh): try await exchange(refresh, for: client, now: call.now)
            }
        // The copy is for the day on which the client's host is down; that it cannot be kept is no fault of this request.
        try? await authority.documents?.keep(client)
        return HTTPResponse(200, fields: answer.fields, body: answer.body)
    }

    // MARK: authorization_code

    private func redeem(
        _ asked: TokenRequest.CodeRedemption, for client: ClientRecord, now: UnixTime
    ) async throws(Rejection) -> TokenResponse {
        guard let presented = OpaqueToken(.authorizationCode, presented: asked.code) else { throw .grant(.unknown) }
        let hash = try authority.hash(of: presented)
        guard
            let code = try await authority.asking({ store throws(StoreFailure) in
                try await store.authorizationCode(hash)
            })
        else { throw .grant(.unknown) }
        let isSameClient = code.clientID == client.id
        if isSameClient {
            try GrantChecks.checkRedirectURI(asked.redirectURI, of: code.redirectURI)
            try GrantChecks.checkResource(asked.resource, of: code.resource)
        }
        let isVerified = CodeChallenge(stored: code.challenge)
            .isSatisfied(by: asked.verifier, sha256: SHA256.hash)
        let scopes = code.scope.split(separator: " ").map(String.init)
        let grantEnd = now + authority.mint.grantLifetime
        let subject = TokenSubject(subject: code.subject, clientID: client.id, resource: code.resource)
        let access = try await authority.making { mint throws(KeyFailure) in
            try await mint.accessToken(for: subject, scopes: scopes, now: now, until: grantEnd)
        }
        var idToken: String?
        if scopes.contains("openid") {
            idToken = try await authority.making { mint throws(KeyFailure) in
                try await mint.idToken(
                    for: subject, details: CodeDetails(stored: code.details), accessToken: access.text, now: now)
            }
        }
        let refresh = client.refreshes ? try authority.newToken(.refreshToken, now: now) : nil
        let claim = CodeClaim(
            code: hash, presentation: .init(isSameClient: isSameClient, isVerified: isVerified),
            accessToken: access.stored,
            refreshToken: try refresh.map { token throws(Rejection) in try newRefreshToken(token, now: now) },
            grantExpiresAt: grantEnd)
        switch try await authority.asking({ store throws(StoreFailure) in try await store.claim(claim, now: now) }) {
        case .unknown: throw .grant(.unknown)
        case .refused(let decision, grant: _): throw .grant(Rejection.GrantFault(decision))
        case .redeemed:
            return TokenResponse(
                accessToken: access.text, expiresIn: access.lifetime(from: now), refreshToken: refresh?.text,
                scopes: scopes, idToken: idToken)
        }
    }

    // MARK: refresh_token

    private func exchange(
        _ asked: TokenRequest.Refresh, for client: ClientRecord, now: UnixTime
    ) async throws(Rejection) -> TokenResponse {
        guard let presented = OpaqueToken(.refreshToken, presented: asked.refreshToken) else { throw .grant(.unknown) }
        let hash = try authority.hash(of: presented)
        guard
            let found = try await authority.asking({ store throws(StoreFailure) in try await store.refreshToken(hash) })
        else { throw .grant(.unknown) }
        let grant = found.grant
        guard grant.clientID == client.id else { throw .grant(.otherClient) }
        try GrantChecks.checkResource(asked.resource, of: grant.resource)
        let scopes = try Scopes.refreshed(asked.scopes, of: grant.scope.split(separator: " ").map(String.init))
        let subject = TokenSubject(subject: grant.subject, clientID: client.id, resource: grant.resource)
        let access = try await authority.making { mint throws(KeyFailure) in
            try await mint.accessToken(for: subject, scopes: scopes, now: now, until: grant.expiresAt)
        }
        var successor = try authority.successor(of: presented, madeAt: now)
        let rotation = RefreshRotation(
            token: hash, clientID: client.id, successor: try newRefreshToken(successor, now: now),
            accessToken: access.stored)
        switch try await authority.asking({ store throws(StoreFailure) in try await store.rotate(rotation, now: now) })
        {
        case .unknown: throw .grant(.unknown)
        case .foreignClient: throw .grant(.otherClient)
        case .refused(let decision, grant: _): throw .grant(Rejection.GrantFault(decision))
        case .rotated(successor: let stored, isRepeated: _):
            // A request that comes again is told the token as it was made at first.
            if stored.madeAt != now { successor = try authority.successor(of: presented, madeAt: stored.madeAt) }
            return TokenResponse(
                accessToken: access.text, expiresIn: access.lifetime(from: now), refreshToken: successor.text,
                scopes: scopes)
        }
    }

    // MARK: parts

    private func newRefreshToken(_ token: OpaqueToken, now: UnixTime) throws(Rejection) -> NewRefreshToken {
        NewRefreshToken(hash: try authority.hash(of: token), expiresAt: now + authority.mint.refreshLifetime)
    }
}
