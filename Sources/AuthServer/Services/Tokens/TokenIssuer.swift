import Cryptography
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// Makes codes and tokens. What it makes means nothing before the store has it.
struct TokenIssuer: Sendable {
    private let keys: ServerKeys
    private let signing: SigningKeys
    private let random: any RandomSource
    private let issuer: String
    private let isSigned: Bool
    private let identityAlgorithm: JWSAlgorithm
    /// The life of an access token.
    let accessLifetime: Duration
    /// How long a refresh token may rest.
    let refreshLifetime: Duration
    /// How long a grant lives, however often it is refreshed.
    let grantLifetime: Duration

    static let codeLifetime = Duration.seconds(60)
    static let idTokenLifetime = Duration.seconds(3_600)

    /// `identityAlgorithm` is what ID tokens are signed with.
    init(
        _ config: RuntimeConfig, keys: ServerKeys, signing: SigningKeys, identityAlgorithm: JWSAlgorithm,
        random: any RandomSource
    ) {
        self.identityAlgorithm = identityAlgorithm
        self.keys = keys
        self.signing = signing
        self.random = random
        issuer = config.issuer
        isSigned = config.tokens.format == .jwt
        accessLifetime = .seconds(config.tokens.accessLifetime)
        refreshLifetime = .seconds(config.tokens.refreshLifetime)
        grantLifetime = .seconds(config.tokens.grantLifetime)
    }

    func token(_ kind: OpaqueToken.Kind, now: UnixTime) throws(CryptographyError) -> OpaqueToken {
        try OpaqueToken.random(kind, madeAt: now, from: random)
    }

    func randomBytes(_ count: Int) throws(CryptographyError) -> [UInt8] { try random.bytes(count) }

    /// The one token that a refresh token is exchanged for. It follows from that token, our key and the moment of the
    /// first exchange, so that a client which asks again gets the same, though the store has only hashes.
    func successor(of token: OpaqueToken, madeAt timestamp: UnixTime) throws(CryptographyError) -> OpaqueToken {
        let secret = try Digest.hmacSHA256(Array(token.text.utf8), key: keys.rotation)
        return OpaqueToken(.refreshToken, madeAt: timestamp, secret: secret)
    }

    /// The one code of a pending authorization. It follows from the handle, our key and the moment of the approval, so
    /// that a person who presses twice is told the same, though the store has only hashes.
    func code(for handle: OpaqueToken, madeAt timestamp: UnixTime) throws(CryptographyError) -> OpaqueToken {
        let secret = try Digest.hmacSHA256(Array(handle.text.utf8), key: keys.codes)
        return OpaqueToken(.authorizationCode, madeAt: timestamp, secret: secret)
    }

    /// An access token that lives as long as the config says, but never longer than its grant.
    func accessToken(
        for subject: TokenSubject, scopes: [String], now: UnixTime, until limit: UnixTime
    ) async throws(KeyFailure) -> IssuedToken {
        var end = min(now + accessLifetime, limit)
        let text: String
        if isSigned {
            // `exp` has no fraction, and both must end in the same moment.
            end = UnixTime(seconds: end.seconds)
            let bytes = try KeyFailure.wrapping { () throws(CryptographyError) in try random.bytes(10) }
            let claims = SignedToken.accessClaims(
                of: subject, scopes: scopes, issuer: issuer, id: SignedToken.id(madeAt: now, random: bytes),
                issuedAt: now, expiresAt: end)
            text = try await sign(claims, as: AccessTokenSignature.type, AccessTokenSignature.algorithm, now: now)
        } else {
            text = try KeyFailure.wrapping { () throws(CryptographyError) in try token(.accessToken, now: now).text }
        }
        let hash = try KeyFailure.wrapping { () throws(CryptographyError) in try TokenHash(ofAccessToken: text) }
        guard let hash else { throw .cryptography(.library("hash")) }
        return IssuedToken(
            text: text, stored: NewAccessToken(hash: hash, scope: Scopes.text(scopes), expiresAt: end))
    }

    /// The ID token that goes with an access token (OpenID Connect Core §3.1.3.3).
    func idToken(
        for subject: TokenSubject, details: CodeDetails?, accessToken: String, now: UnixTime
    ) async throws(KeyFailure) -> String {
        let claims = try KeyFailure.wrapping { () throws(CryptographyError) in
            try SignedToken.idClaims(
                of: subject, issuer: issuer, details: details, accessToken: accessToken, issuedAt: now,
                expiresAt: now + Self.idTokenLifetime)
        }
        return try await sign(claims, as: SignedToken.idTokenType, identityAlgorithm, now: now)
    }

    private func sign(
        _ claims: JSON, as type: String, _ algorithm: JWSAlgorithm, now: UnixTime
    ) async throws(KeyFailure) -> String {
        guard let signer = try await signing.ring(at: now).signer(at: now, algorithm) else { throw .sealed }
        return try KeyFailure.wrapping { () throws(CryptographyError) in
            try JWS.sign(claims, type: type, keyID: signer.id, with: signer.key)
        }
    }
}
