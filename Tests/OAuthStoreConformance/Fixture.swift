package import OAuthProtocol
package import OAuthStores

/// Values for trials of a store. Times count from a fixed moment; nothing asks a clock.
package enum Fixture {
    package static let start = UnixTime(seconds: 1_800_000_000)

    package static func at(_ seconds: Int) -> UnixTime { start + .seconds(seconds) }

    /// The hash of the token with that number, made in the millisecond of that number unless another is said.
    package static func hash(_ kind: UInt8, _ number: Int, madeAt moment: UnixTime? = nil) -> TokenHash {
        let moment = moment ?? UnixTime(milliseconds: Int64(number))
        guard let hash = TokenHash(madeAt: moment, digest: digest(kind, number)) else {
            preconditionFailure("32 bytes")
        }
        return hash
    }

    package static func secret(_ kind: UInt8, _ number: Int) -> SecretHash {
        guard let hash = SecretHash(digest(kind, number)) else { preconditionFailure("32 bytes") }
        return hash
    }

    /// As good as any other digest.
    private static func digest(_ kind: UInt8, _ number: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: kind, count: 32)
        for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: number >> (index * 8)) }
        return bytes
    }

    package static func client(_ id: String = "client", at time: UnixTime = start) -> StoredClient {
        StoredClient(id: id, metadata: #"{"client_name":"\#(id)"}"#, createdAt: time)
    }

    package static func pending(
        _ number: Int, client: String = "client", at time: UnixTime = start
    ) -> PendingAuthorization {
        PendingAuthorization(
            id: hash(1, number), clientID: client, details: "{}", createdAt: time, expiresAt: time + .seconds(600))
    }

    package static func code(
        _ number: Int, client: String = "client", subject: String = "user", at time: UnixTime = start
    ) -> AuthorizationCode {
        AuthorizationCode(
            hash: hash(2, number), clientID: client, redirectURI: "https://c.example/cb",
            challenge: "challenge",
            subject: subject, resource: "https://r.example/mcp", scope: "mcp.tools mcp.admin",
            details: #"{"nonce":"n"}"#,
            state: AuthorizationCodeState(expiresAt: time + .seconds(60)))
    }

    package static func access(_ number: Int, at time: UnixTime = start) -> NewAccessToken {
        NewAccessToken(hash: hash(3, number), scope: "mcp.tools", expiresAt: time + .seconds(3600))
    }

    package static func refresh(_ number: Int, at time: UnixTime = start) -> NewRefreshToken {
        NewRefreshToken(hash: hash(4, number), expiresAt: time + .seconds(30 * 86_400))
    }

    package static func claim(
        _ number: Int, access token: Int? = nil, isSameClient: Bool = true, isVerified: Bool = true,
        at time: UnixTime = start
    ) -> CodeClaim {
        CodeClaim(
            code: hash(2, number), presentation: .init(isSameClient: isSameClient, isVerified: isVerified),
            accessToken: access(token ?? number, at: time), refreshToken: refresh(token ?? number, at: time),
            grantExpiresAt: time + .seconds(90 * 86_400))
    }

    package static func rotation(
        _ number: Int, to successor: Int, access token: Int, client: String = "client", at time: UnixTime
    ) -> RefreshRotation {
        RefreshRotation(
            token: hash(4, number), clientID: client, successor: refresh(successor, at: time),
            accessToken: access(token, at: time))
    }

    package static func document(
        _ client: String, _ number: Int = 1, body: [UInt8] = [0x7B, 0, 0xFF, 0x7D], at time: UnixTime = start
    ) -> StoredDocument {
        StoredDocument(
            clientID: client, url: "https://c.example/\(number)", body: body,
            entityTag: number % 2 == 0 ? nil : "\"tag\"", fetchedAt: time, freshUntil: time + .seconds(300))
    }

    package static func key(
        _ id: String, _ algorithm: String = "ES256", at time: UnixTime = start
    ) -> SigningKey {
        SigningKey(
            id: id, publicKey: "{}", sealedPrivateKey: [1, 2, 3], createdAt: time, activeFrom: time + .seconds(300),
            algorithm: algorithm)
    }
}

extension OAuthStore {
    /// Issues a code by way of a pending authorization.
    package func issue(
        _ code: AuthorizationCode, pending number: Int, at time: UnixTime = Fixture.start
    ) async throws(StoreFailure) -> Bool {
        let pending = Fixture.pending(number, client: code.clientID, at: time)
        try await begin(pending, limit: 1_000_000)
        return try await approve(pending, code: code, now: time)
    }

    /// A grant with its first tokens, all of that number.
    package func grant(
        _ number: Int, client: String = "client", subject: String = "user", at time: UnixTime = Fixture.start
    ) async throws(StoreFailure) -> Grant? {
        let code = Fixture.code(number, client: client, subject: subject, at: time)
        guard try await issue(code, pending: number, at: time),
            try await claim(Fixture.claim(number, at: time), now: time) == .redeemed
        else { return nil }
        return try await accessToken(Fixture.hash(3, number))?.grant
    }

    /// Stores a new client, however many there are; false when the id is taken.
    package func register(_ client: StoredClient) async throws(StoreFailure) -> Bool {
        try await register(client, unusedLimit: 0) == .registered
    }

    /// False when the grant is gone or had ended.
    package func revokeGrant(_ id: GrantID, now: UnixTime) async throws(StoreFailure) -> Bool {
        try await revokeGrants(GrantSelection(id: id), limit: 1, act: nil, now: now) == 1
    }

    package func isActive(_ access: Int, at time: UnixTime) async throws(StoreFailure) -> Bool {
        try await accessToken(Fixture.hash(3, access))?.isActive(at: time) ?? false
    }
}
