import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores

/// `/token` (RFC 6749 §3.2): exchanges a code or a refresh token for tokens, after all that can be refused without
/// consuming anything was refused.
struct TokenEndpoint: Endpoint {
    let authority: Authority

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let form = try call.form()
        try authority.limits.spend(.tokenRequest, for: call.clientAddress, now: call.now)
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
        let hash = try hash(of: presented)
        guard let code = try await reading({ store throws(StoreFailure) in try await store.authorizationCode(hash) })
        else { throw .grant(.unknown) }
        let isSameClient = code.clientID == client.id
        if isSameClient {
            try GrantChecks.checkRedirectURI(asked.redirectURI, of: code.redirectURI, wasNamed: code.wasRedirectNamed)
            try GrantChecks.checkResource(asked.resource, of: code.resource)
        }
        let isVerified = CodeChallenge(stored: code.challenge)
            .isSatisfied(by: asked.verifier) { (try? Digest.sha256($0)) ?? [] }
        let scopes = code.scope.split(separator: " ").map(String.init)
        let grantEnd = now + authority.mint.grantLifetime
        let subject = TokenSubject(subject: code.subject, clientID: client.id, resource: code.resource)
        let access = try await issue(subject, scopes, now: now, until: grantEnd)
        let idToken =
            scopes.contains("openid")
            ? try await idToken(for: subject, details: code.details, accessToken: access.text, now: now) : nil
        let refresh = client.grantTypes.contains(.refreshToken) ? try newToken() : nil
        let claim = CodeClaim(
            code: hash, presentation: .init(isSameClient: isSameClient, isVerified: isVerified),
            accessToken: access.stored,
            refreshToken: try refresh.map { token throws(Rejection) in try newRefreshToken(token, now: now) },
            grantExpiresAt: grantEnd)
        switch try await reading({ store throws(StoreFailure) in try await store.claim(claim, now: now) }) {
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
        let hash = try hash(of: presented)
        guard let found = try await reading({ store throws(StoreFailure) in try await store.refreshToken(hash) })
        else { throw .grant(.unknown) }
        let grant = found.grant
        guard grant.clientID == client.id else { throw .grant(.otherClient) }
        try GrantChecks.checkResource(asked.resource, of: grant.resource)
        let scopes = try Scopes.refreshed(asked.scopes, of: grant.scope.split(separator: " ").map(String.init))
        let access = try await issue(
            TokenSubject(subject: grant.subject, clientID: client.id, resource: grant.resource), scopes, now: now,
            until: grant.expiresAt)
        let successor = try successor(of: presented)
        let rotation = RefreshRotation(
            token: hash, clientID: client.id, successor: try newRefreshToken(successor, now: now),
            accessToken: access.stored)
        switch try await reading({ store throws(StoreFailure) in try await store.rotate(rotation, now: now) }) {
        case .unknown: throw .grant(.unknown)
        case .foreignClient: throw .grant(.otherClient)
        case .refused(let decision, grant: _): throw .grant(Rejection.GrantFault(decision))
        case .rotated:
            return TokenResponse(
                accessToken: access.text, expiresIn: access.lifetime(from: now), refreshToken: successor.text,
                scopes: scopes)
        }
    }

    // MARK: parts

    private func issue(
        _ subject: TokenSubject, _ scopes: [String], now: UnixTime, until limit: UnixTime
    ) async throws(Rejection) -> IssuedToken {
        do throws(CryptographyError) {
            return try await authority.mint.accessToken(for: subject, scopes: scopes, now: now, until: limit)
        } catch {
            throw Rejection(error)
        }
    }

    private func idToken(
        for subject: TokenSubject, details: String, accessToken: String, now: UnixTime
    ) async throws(Rejection) -> String {
        do throws(CryptographyError) {
            return try await authority.mint.idToken(
                for: subject, details: CodeDetails(stored: details), accessToken: accessToken, now: now)
        } catch {
            throw Rejection(error)
        }
    }

    private func newRefreshToken(_ token: OpaqueToken, now: UnixTime) throws(Rejection) -> NewRefreshToken {
        NewRefreshToken(hash: try hash(of: token), expiresAt: now + authority.mint.refreshLifetime)
    }

    private func hash(of token: OpaqueToken) throws(Rejection) -> SecretHash {
        do throws(CryptographyError) { return try token.hash() } catch { throw Rejection(error) }
    }

    private func newToken() throws(Rejection) -> OpaqueToken {
        do throws(CryptographyError) { return try authority.mint.token(.refreshToken) } catch { throw Rejection(error) }
    }

    private func successor(of token: OpaqueToken) throws(Rejection) -> OpaqueToken {
        do throws(CryptographyError) { return try authority.mint.successor(of: token) } catch { throw Rejection(error) }
    }

    private func reading<Value>(
        _ ask: (any OAuthStore) async throws(StoreFailure) -> Value
    ) async throws(Rejection) -> Value {
        do throws(StoreFailure) { return try await ask(authority.store) } catch { throw Rejection(error) }
    }
}
