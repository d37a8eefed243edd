import Cryptography
import OAuthProtocol
import OAuthStores

/// The subjects that there are.
protocol SubjectDirectory: Sendable {
    func contains(_ subject: String) -> Bool
}

/// Tells what an access token of this server stands for. The store is asked each time, so a revoked token is refused at
/// once.
///
/// Both formats are known by the hash of their whole text: what differs from a token of ours in a single byte is
/// unknown, whatever it says of itself, and no signature needs to be checked.
struct TokenVerifier: Sendable {
    let issuer: String
    let store: any TokenStore
    let signing: SigningKeys
    /// Who may have tokens: a token of one who is none of them any more is refused, also where the store cannot be told
    /// yet. Nil where anybody may whom an identity provider named.
    var users: (any SubjectDirectory)?

    /// Nil for everything that is not an active access token of ours: other kinds of token, garbage, the expired and
    /// the revoked. Throws when that could not be found out.
    func facts(of token: String, now: UnixTime) async throws(Rejection) -> AccessTokenFacts? {
        guard try await isOurForm(token, now: now) else { return nil }
        let hash: TokenHash?
        do throws(CryptographyError) { hash = try TokenHash(ofAccessToken: token) } catch { throw Rejection(error) }
        guard let hash else { return nil }
        let found: AccessToken?
        do throws(StoreFailure) { found = try await store.accessToken(hash) } catch { throw Rejection(error) }
        guard let found, found.isActive(at: now), users?.contains(found.grant.subject) ?? true else { return nil }
        return AccessTokenFacts(found, issuer: issuer)
    }

    /// Sorts out what cannot be ours before the store is asked, and what a revoked key has signed.
    private func isOurForm(_ token: String, now: UnixTime) async throws(Rejection) -> Bool {
        guard !token.utf8.starts(with: OpaqueToken.Kind.accessToken.rawValue.utf8) else { return true }
        guard let header = SignedToken.header(of: token) else { return false }
        let ring = signing.ring
        if ring.signs(header: header) { return true }
        guard ring.headerLength.map({ $0 == header.utf8.count }) ?? true else { return false }
        do throws(KeyFailure) {
            return try await signing.search(now: now).signs(header: header)
        } catch {
            throw Rejection(error)
        }
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
