import Cryptography
import OAuthProtocol
import OAuthStores
import WebSyntax

@testable import AuthServer

/// Codes and grants without a browser: what the way through login and consent leaves in a store, put there directly.
struct GrantFixture {
    let store: any OAuthStore
    var now: @Sendable () -> UnixTime = { Clock.system.now }

    static let redirect = "https://chatgpt.com/cb"
    static let resource = "https://mcp.example.com/mcp"
    static let verifier = String(repeating: "v", count: 43)

    struct Tokens {
        let access: String
        let refresh: String
    }

    /// A code that can be redeemed with ``verifier`` and without a redirect URI.
    func code(
        for client: String, scope: String = "mcp.tools", details: String = "{}", resource: String = resource,
        subject: String = "alice"
    ) async throws -> String {
        let now = now()
        let code = try OpaqueToken.random(.authorizationCode, madeAt: now, from: SystemRandom())
        let handle = try OpaqueToken.random(.transaction, madeAt: now, from: SystemRandom()).hash()
        let pending = PendingAuthorization(
            id: handle, clientID: client, details: "{}", createdAt: now, expiresAt: now + .seconds(600))
        try await store.begin(pending, limit: 100_000)
        let issued = AuthorizationCode(
            hash: try code.hash(), clientID: client, redirectURI: Self.redirect,
            challenge: Base64URL.encode(try Digest.sha256(Self.verifier)), subject: subject, resource: resource,
            scope: scope, details: details,
            state: AuthorizationCodeState(expiresAt: now + TokenIssuer.codeLifetime))
        guard try await store.approve(pending, code: issued, now: now) else { throw Refused() }
        return code.text
    }

    /// A grant, with its first tokens.
    func tokens(
        for client: String, scope: String = "mcp.tools", resource: String = resource, subject: String = "alice",
        lifetime: Duration = .seconds(3_600)
    ) async throws -> Tokens {
        let text = try await self.code(for: client, scope: scope, resource: resource, subject: subject)
        guard let code = OpaqueToken(.authorizationCode, presented: text) else { throw Refused() }
        let now = now()
        let access = try OpaqueToken.random(.accessToken, madeAt: now, from: SystemRandom())
        let refresh = try OpaqueToken.random(.refreshToken, madeAt: now, from: SystemRandom())
        let claim = CodeClaim(
            code: try code.hash(), presentation: .init(isSameClient: true, isVerified: true),
            accessToken: NewAccessToken(hash: try access.hash(), scope: scope, expiresAt: now + lifetime),
            refreshToken: NewRefreshToken(hash: try refresh.hash(), expiresAt: now + .seconds(86_400)),
            grantExpiresAt: now + .seconds(365 * 86_400))
        guard case .redeemed = try await store.claim(claim, now: now) else { throw Refused() }
        return Tokens(access: access.text, refresh: refresh.text)
    }

    struct Refused: Error {}
}
