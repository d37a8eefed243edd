import Cryptography
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// Makes codes and tokens. What it makes means nothing before the store has it.
struct TokenMint: Sendable {
    private let keys: ServerKeys
    private let random: any RandomSource
    /// The life of an access token.
    let accessLifetime: Duration
    /// How long a refresh token may rest.
    let refreshLifetime: Duration
    /// How long a grant lives, however often it is refreshed.
    let grantLifetime: Duration

    static let codeLifetime = Duration.seconds(60)

    init(_ config: RuntimeConfig, keys: ServerKeys, random: any RandomSource) {
        self.keys = keys
        self.random = random
        accessLifetime = .seconds(config.tokens.accessLifetime)
        refreshLifetime = .seconds(config.tokens.refreshLifetime)
        grantLifetime = .seconds(config.tokens.grantLifetime)
    }

    func token(_ kind: OpaqueToken.Kind) throws(CryptographyError) -> OpaqueToken {
        try OpaqueToken.random(kind, from: random)
    }

    /// The one token that a refresh token is exchanged for. It follows from that token and our key, so that a client
    /// which asks again gets the same, though the store has only hashes.
    func successor(of token: OpaqueToken) throws(CryptographyError) -> OpaqueToken {
        try OpaqueToken(.refreshToken, Digest.hmacSHA256(Array(token.text.utf8), key: keys.rotation))
    }

    /// An access token that lives as long as the config says, but never longer than its grant.
    func accessToken(
        for subject: TokenSubject, scopes: [String], now: UnixTime, until limit: UnixTime
    ) async throws(CryptographyError) -> IssuedToken {
        let token = try token(.accessToken)
        let end = min(now + accessLifetime, limit)
        return IssuedToken(
            text: token.text,
            stored: NewAccessToken(hash: try token.hash(), scope: Scopes.text(scopes), expiresAt: end))
    }
}
