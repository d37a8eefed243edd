package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func begin(_ pending: PendingAuthorization, limit: Int) async throws(StoreFailure) {
        try await write { (connection) throws(SQLiteError) in
            try connection.run(
                """
                INSERT INTO pending_authorizations(id, client_id, details, created_at, expires_at, revision)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                .hash(pending.id), .text(pending.clientID), .text(pending.details), .time(pending.createdAt),
                .time(pending.expiresAt), .integer(pending.revision))
            // Numbers go up without holes but for those that were taken, so this keeps at most `limit`.
            try connection.run(
                "DELETE FROM pending_authorizations WHERE sequence <= ?",
                .integer(connection.lastInsertedKey - Int64(limit)))
        }
    }

    package func pendingAuthorization(
        _ id: TokenHash, now: UnixTime
    ) async throws(StoreFailure) -> PendingAuthorization? {
        try await read { (connection) throws(SQLiteError) in
            try connection.first(
                """
                SELECT client_id, details, created_at, expires_at, revision FROM pending_authorizations
                WHERE id = ? AND expires_at > ?
                """, .hash(id), .time(now)
            ) { (row) throws(SQLiteError) in
                PendingAuthorization(
                    id: id, clientID: try row.text(0), details: try row.text(1), createdAt: try row.time(2),
                    expiresAt: try row.time(3), revision: Int(try row.integer(4)))
            }
        }
    }

    package func advance(_ pending: PendingAuthorization, now: UnixTime) async throws(StoreFailure) -> Bool {
        try await write { (connection) throws(SQLiteError) in try connection.take(pending, now) }
    }

    package func approve(
        _ pending: PendingAuthorization, code: AuthorizationCode, now: UnixTime
    ) async throws(StoreFailure) -> Bool {
        try await write { (connection) throws(SQLiteError) in
            guard try connection.take(pending, now) else { return false }
            try connection.run(
                """
                INSERT INTO codes(
                    hash, client_id, redirect_uri, challenge, subject, resource, scope, details, expires_at,
                    wrong_verifiers)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                .hash(code.hash), .text(code.clientID), .text(code.redirectURI), .text(code.challenge),
                .text(code.subject), .text(code.resource), .text(code.scope), .text(code.details),
                .time(code.state.expiresAt))
            return true
        }
    }
}

extension Connection {
    /// Takes a step; false when it was taken before, or when it is too late.
    fileprivate mutating func take(_ step: PendingAuthorization, _ now: UnixTime) throws(SQLiteError) -> Bool {
        try run(
            """
            UPDATE pending_authorizations SET details = ?, revision = revision + 1
            WHERE id = ? AND revision = ? AND expires_at > ?
            """,
            .text(step.details), .hash(step.id), .integer(step.revision), .time(now)) == 1
    }
}
