import Cryptography
import OAuthProtocol
import OAuthStores
import WebSyntax

/// The codes and tokens of this server: makes them, stores what is to be known of them, and tells what they stand for.
/// Every failure of the library or the store is a refusal.
final class TokenService: Sendable {
    let tokenIssuer: TokenIssuer
    let verifier: TokenVerifier
    private let store: any TokenStore

    init(_ tokenIssuer: TokenIssuer, verifier: TokenVerifier, store: any TokenStore) {
        self.tokenIssuer = tokenIssuer
        self.verifier = verifier
        self.store = store
    }

    // MARK: making

    func newToken(_ kind: OpaqueToken.Kind, now: UnixTime) throws(Rejection) -> OpaqueToken {
        try Rejection.mapError { () throws(CryptographyError) in try tokenIssuer.token(kind, now: now) }
    }

    func successor(of token: OpaqueToken, madeAt timestamp: UnixTime) throws(Rejection) -> OpaqueToken {
        try Rejection.mapError { () throws(CryptographyError) in try tokenIssuer.successor(of: token, madeAt: timestamp)
        }
    }

    func code(for handle: OpaqueToken, madeAt timestamp: UnixTime) throws(Rejection) -> OpaqueToken {
        try Rejection.mapError { () throws(CryptographyError) in try tokenIssuer.code(for: handle, madeAt: timestamp) }
    }

    func accessToken(
        for subject: TokenSubject, scopes: [String], now: UnixTime, until limit: UnixTime
    ) async throws(Rejection) -> IssuedToken {
        try await Rejection.mapError { () throws(KeyFailure) in
            try await tokenIssuer.accessToken(for: subject, scopes: scopes, now: now, until: limit)
        }
    }

    func idToken(
        for subject: TokenSubject, details: CodeDetails?, accessToken: String, now: UnixTime
    ) async throws(Rejection) -> String {
        try await Rejection.mapError { () throws(KeyFailure) in
            try await tokenIssuer.idToken(for: subject, details: details, accessToken: accessToken, now: now)
        }
    }

    /// A refresh token as the store will know it.
    func stored(refreshToken token: OpaqueToken, now: UnixTime) throws(Rejection) -> NewRefreshToken {
        NewRefreshToken(hash: try hash(of: token), expiresAt: now + tokenIssuer.refreshLifetime)
    }

    /// An identifier of the moment and 128 random bits, in base64url.
    func newIdentifier(now: UnixTime) throws(Rejection) -> String {
        let random = try Rejection.mapError { () throws(CryptographyError) in try tokenIssuer.randomBytes(16) }
        return Base64URL.encode(TokenHash.bytes(of: now) + random)
    }

    // MARK: digests

    func hash(of token: OpaqueToken) throws(Rejection) -> TokenHash {
        try Rejection.mapError { () throws(CryptographyError) in try token.hash() }
    }

    /// What a client secret is compared with.
    func digest(of secret: String) throws(Rejection) -> SecretHash {
        try Rejection.mapError { () throws(CryptographyError) in try SecretHash(of: secret) }
    }

    /// What the store knows a presented access or refresh token by; nil for a text that cannot be one of ours.
    func storedHash(ofToken text: String) throws(Rejection) -> TokenHash? {
        try Rejection.mapError { () throws(CryptographyError) in
            if let token = OpaqueToken(.refreshToken, presented: text) { return try token.hash() }
            return try TokenHash(ofAccessToken: text)
        }
    }

    // MARK: what is stored

    func authorizationCode(_ hash: TokenHash) async throws(Rejection) -> AuthorizationCode? {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.authorizationCode(hash) }
    }

    func refreshToken(_ hash: TokenHash) async throws(Rejection) -> RefreshToken? {
        try await Rejection.mapError { () throws(StoreFailure) in try await store.refreshToken(hash) }
    }

    /// Redeems a code; refuses with why it is not redeemed.
    func redeem(_ claim: CodeClaim, now: UnixTime) async throws(Rejection) {
        switch try await Rejection.mapError({ () throws(StoreFailure) in try await store.claim(claim, now: now) }) {
        case .redeemed: return
        case .unknown: throw .grant(.unknown)
        case .refused(let decision, grant: _): throw .grant(Rejection.GrantFault(decision))
        }
    }

    /// Exchanges a refresh token; refuses with why it is not exchanged. Answers the hash of the successor, made now or
    /// when the token was first exchanged.
    func rotate(_ rotation: RefreshRotation, now: UnixTime) async throws(Rejection) -> TokenHash {
        switch try await Rejection.mapError({ () throws(StoreFailure) in try await store.rotate(rotation, now: now) }) {
        case .rotated(let successor, isRepeated: _): return successor
        case .unknown: throw .grant(.unknown)
        case .foreignClient: throw .grant(.otherClient)
        case .refused(let decision, grant: _): throw .grant(Rejection.GrantFault(decision))
        }
    }

    func revoke(_ revocation: TokenRevocation, now: UnixTime) async throws(Rejection) {
        _ = try await Rejection.mapError { () throws(StoreFailure) in try await store.revoke(revocation, now: now) }
    }

    /// What an access token stands for; nil for everything that is not an active one of ours.
    func facts(of token: String, now: UnixTime) async throws(Rejection) -> AccessTokenFacts? {
        try await verifier.facts(of: token, now: now)
    }
}
