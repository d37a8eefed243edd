import Cryptography
import OAuthProtocol
import OAuthStores

/// Tells what an access token of this server stands for. The store is asked each time, so a revoked token is refused at
/// once.
struct TokenVerifier: Sendable {
    let issuer: String
    let store: any OAuthStore

    /// Nil for everything that is not an active access token of ours: other kinds of token, garbage, the expired and the
    /// revoked.
    func facts(of token: String, now: UnixTime) async throws(StoreFailure) -> AccessTokenFacts? {
        guard let presented = OpaqueToken(.accessToken, presented: token), let hash = try? presented.hash(),
            let found = try await store.accessToken(hash), found.isActive(at: now)
        else { return nil }
        return AccessTokenFacts(found, issuer: issuer)
    }
}

extension AccessTokenFacts {
    init(_ token: AccessToken, issuer: String) {
        self.init(
            issuer: issuer, subject: token.grant.subject, clientID: token.grant.clientID,
            audience: token.grant.resource, scopes: token.scope.split(separator: " ").map(String.init),
            issued: Int(token.issuedAt.seconds), expires: Int(token.expiresAt.seconds))
    }
}
