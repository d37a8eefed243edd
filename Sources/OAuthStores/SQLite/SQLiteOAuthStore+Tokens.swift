package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
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
            guard let token = try connection.refreshToken(rotation.token) else { return .unknown }
            let grant = token.grant
            guard grant.clientID == rotation.clientID else { return .foreignClient }
            let decision = token.state.presented(successor: rotation.successor.hash, now: now)
            switch decision {
            case .rotate:
                try connection.run(
                    "UPDATE refresh_tokens SET rotated_at = ?, successor = ? WHERE hash = ?", .time(now),
                    .hash(rotation.successor.hash), .hash(rotation.token))
                try connection.insert(rotation.successor, for: grant, now)
            case .sameSuccessor: break
            case .reused:
                _ = try connection.endGrant(grant.id, now)
                return .refused(decision, grant: grant.id)
            case .expired, .revoked, .successorLost: return .refused(decision, grant: grant.id)
            }
            try connection.insert(rotation.accessToken, for: grant, now)
            let successor = token.state.rotation?.successor ?? rotation.successor.hash
            return .rotated(grant, successor: successor, isRepeated: decision == .sameSuccessor)
        }
    }

    package func revoke(
        _ token: TokenHash, clientID: String, now: UnixTime
    ) async throws(StoreFailure) -> Revocation {
        try await write { (connection) throws(SQLiteError) in
            if let found = try connection.accessToken(token), found.grant.clientID == clientID {
                try connection.run("DELETE FROM access_tokens WHERE hash = ?", .hash(token))
                return .accessToken(found.grant.id)
            }
            if let found = try connection.refreshToken(token), found.grant.clientID == clientID {
                _ = try connection.endGrant(found.grant.id, now)
                return .grant(found.grant.id)
            }
            return .nothing
        }
    }

}

extension Connection {
    fileprivate mutating func accessToken(_ hash: TokenHash) throws(SQLiteError) -> AccessToken? {
        try first(
            """
            SELECT t.scope, t.issued_at, t.expires_at, g.id, g.client_id, g.subject, g.resource, g.scope, g.details,
                g.created_at, g.expires_at, g.revoked_at
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
            SELECT t.issued_at, t.expires_at, t.rotated_at, t.successor, s.rotated_at, g.id, g.client_id, g.subject,
                g.resource, g.scope, g.details, g.created_at, g.expires_at, g.revoked_at
            FROM refresh_tokens t JOIN grants g ON g.id = t.grant_id
                LEFT JOIN refresh_tokens s ON s.hash = t.successor
            WHERE t.hash = ?
            """, .hash(hash)
        ) { (row) throws(SQLiteError) in
            var rotation: RefreshTokenState.Rotation?
            if let at = try row.optionalTime(2) {
                rotation = RefreshTokenState.Rotation(
                    at: at, successor: try row.tokenHash(3), isSuccessorUsed: !row.isNull(4))
            }
            let grant = try row.grant(from: 5)
            let state = RefreshTokenState(
                expiresAt: try row.time(1), isRevoked: grant.revokedAt != nil, rotation: rotation)
            return RefreshToken(state: state, issuedAt: try row.time(0), grant: grant)
        }
    }

    mutating func insert(_ token: NewAccessToken, for grant: Grant, _ now: UnixTime) throws(SQLiteError) {
        try run(
            "INSERT INTO access_tokens(hash, grant_id, scope, issued_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            .hash(token.hash), .integer(grant.id.value), .text(token.scope), .time(now),
            .time(min(token.expiresAt, grant.expiresAt)))
    }

    mutating func insert(_ token: NewRefreshToken, for grant: Grant, _ now: UnixTime) throws(SQLiteError) {
        try run(
            "INSERT INTO refresh_tokens(hash, grant_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
            .hash(token.hash), .integer(grant.id.value), .time(now), .time(min(token.expiresAt, grant.expiresAt)))
    }

    /// False when it is gone or had ended.
    mutating func endGrant(_ id: GrantID, _ now: UnixTime) throws(SQLiteError) -> Bool {
        try run(
            "UPDATE grants SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", .time(now), .integer(id.value)) == 1
    }
}
