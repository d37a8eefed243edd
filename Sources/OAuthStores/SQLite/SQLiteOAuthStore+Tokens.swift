package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func authorizationCode(_ hash: TokenHash) async throws(StoreFailure) -> AuthorizationCode? {
        try await read { (connection) throws(SQLiteError) in try connection.code(hash) }
    }

    package func claim(_ claim: CodeClaim, now: UnixTime) async throws(StoreFailure) -> CodeClaim.Outcome {
        try await write { (connection) throws(SQLiteError) in
            try connection.apply(claim.decide(try connection.code(claim.code), now: now), now)
        }
    }

    package func accessToken(_ hash: TokenHash) async throws(StoreFailure) -> AccessToken? {
        try await read { (connection) throws(SQLiteError) in try connection.accessToken(hash) }
    }

    package func refreshToken(_ hash: TokenHash) async throws(StoreFailure) -> RefreshToken? {
        try await read { (connection) throws(SQLiteError) in try connection.refreshToken(hash) }
    }

    package func rotate(
        _ rotation: RefreshRotation, now: UnixTime
    ) async throws(StoreFailure) -> RefreshRotation.Outcome {
        try await write { (connection) throws(SQLiteError) in
            try connection.apply(rotation.decide(try connection.refreshToken(rotation.token), now: now), now)
        }
    }

    package func revoke(
        _ revocation: TokenRevocation, now: UnixTime
    ) async throws(StoreFailure) -> TokenRevocation.Outcome {
        try await write { (connection) throws(SQLiteError) in
            let access = try connection.accessToken(revocation.token)
            let refresh = access == nil ? try connection.refreshToken(revocation.token) : nil
            return try connection.apply(revocation.decide(access, refresh), now)
        }
    }
}

extension Connection {
    fileprivate mutating func code(_ hash: TokenHash) throws(SQLiteError) -> AuthorizationCode? {
        try first(
            """
            SELECT client_id, redirect_uri, challenge, subject, resource, scope, details, expires_at, used_at,
                wrong_verifiers, grant_id FROM codes WHERE hash = ?
            """, .hash(hash)
        ) { (row) throws(SQLiteError) in
            AuthorizationCode(
                hash: hash, clientID: try row.text(0), redirectURI: try row.text(1),
                challenge: try row.text(2), subject: try row.text(3), resource: try row.text(4),
                scope: try row.text(5), details: try row.text(6),
                state: AuthorizationCodeState(
                    expiresAt: try row.time(7), usedAt: try row.optionalTime(8),
                    wrongVerifiers: Int(try row.integer(9))),
                grantID: try row.optionalInteger(10).map(GrantID.init))
        }
    }

    fileprivate mutating func accessToken(_ hash: TokenHash) throws(SQLiteError) -> AccessToken? {
        try first(
            """
            SELECT t.scope, t.issued_at, t.expires_at, g.id, g.client_id, g.subject, g.resource, g.scope, g.created_at,
                g.expires_at, g.revoked_at
            FROM access_tokens t JOIN grants g ON g.id = t.grant_id WHERE t.hash = ?
            """, .hash(hash)
        ) { (row) throws(SQLiteError) in
            AccessToken(
                scope: try row.text(0), issuedAt: try row.time(1), expiresAt: try row.time(2),
                grant: try row.grant(from: 3))
        }
    }

    fileprivate mutating func refreshToken(_ hash: TokenHash) throws(SQLiteError) -> RefreshToken? {
        try first(
            """
            SELECT t.expires_at, t.rotated_at, t.successor, s.rotated_at, g.id, g.client_id, g.subject, g.resource,
                g.scope, g.created_at, g.expires_at, g.revoked_at
            FROM refresh_tokens t JOIN grants g ON g.id = t.grant_id
                LEFT JOIN refresh_tokens s ON s.hash = t.successor
            WHERE t.hash = ?
            """, .hash(hash)
        ) { (row) throws(SQLiteError) in
            var rotation: RefreshTokenState.Rotation?
            if let at = try row.optionalTime(1) {
                rotation = RefreshTokenState.Rotation(
                    at: at, successor: try row.tokenHash(2), isSuccessorUsed: !row.isNull(3))
            }
            let grant = try row.grant(from: 4)
            let state = RefreshTokenState(
                expiresAt: try row.time(0), isRevoked: grant.revokedAt != nil, rotation: rotation)
            return RefreshToken(state: state, grant: grant)
        }
    }
}
