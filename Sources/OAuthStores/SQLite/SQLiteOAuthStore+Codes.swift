package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func authorizationCode(_ hash: TokenHash) async throws(StoreFailure) -> AuthorizationCode? {
        try await read { (connection) throws(SQLiteError) in try connection.code(hash) }
    }

    package func claim(_ claim: CodeClaim, now: UnixTime) async throws(StoreFailure) -> CodeClaim.Outcome {
        try await write { (connection) throws(SQLiteError) in
            guard let code = try connection.code(claim.code) else { return .unknown }
            let (state, decision) = code.state.transition(claim.presentation, now: now)
            guard decision == .redeem else {
                if state.wrongVerifiers != code.state.wrongVerifiers {
                    try connection.run(
                        "UPDATE codes SET wrong_verifiers = ? WHERE hash = ?", .integer(state.wrongVerifiers),
                        .hash(code.hash))
                }
                if decision == .replayed, let id = code.grantID { _ = try connection.endGrant(id, now) }
                return .refused(decision, grant: code.grantID)
            }
            let grant = try connection.insertGrant(for: code, expiresAt: claim.grantExpiresAt, now: now)
            try connection.run(
                "UPDATE codes SET used_at = ?, grant_id = ? WHERE hash = ?", .time(now), .integer(grant.id.value),
                .hash(code.hash))
            if let token = claim.refreshToken { try connection.insert(token, for: grant, now) }
            try connection.insert(claim.accessToken, for: grant, now)
            try connection.run(
                "UPDATE clients SET authorized_at = ? WHERE id = ? AND authorized_at IS NULL", .time(now),
                .text(code.clientID))
            return .redeemed(grant)
        }
    }
}

extension Connection {
    fileprivate mutating func code(_ hash: TokenHash) throws(SQLiteError) -> AuthorizationCode? {
        try first(
            """
            SELECT client_id, redirect_uri, challenge, subject, resource, scope, details, issued_at, expires_at,
                used_at, wrong_verifiers, grant_id FROM codes WHERE hash = ?
            """, .hash(hash)
        ) { (row) throws(SQLiteError) in
            AuthorizationCode(
                hash: hash, clientID: try row.text(0), redirectURI: try row.text(1),
                challenge: try row.text(2), subject: try row.text(3), resource: try row.text(4),
                scope: try row.text(5), details: try row.text(6), issuedAt: try row.time(7),
                state: AuthorizationCodeState(
                    expiresAt: try row.time(8), usedAt: try row.optionalTime(9),
                    wrongVerifiers: Int(try row.integer(10))),
                grantID: try row.optionalInteger(11).map(GrantID.init))
        }
    }

    fileprivate mutating func insertGrant(
        for code: AuthorizationCode, expiresAt: UnixTime, now: UnixTime
    ) throws(SQLiteError) -> Grant {
        try run(
            """
            INSERT INTO grants(client_id, subject, resource, scope, details, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .text(code.clientID), .text(code.subject), .text(code.resource), .text(code.scope), .text(code.details),
            .time(now), .time(expiresAt))
        return Grant(
            id: GrantID(lastInsertedKey), clientID: code.clientID, subject: code.subject, resource: code.resource,
            scope: code.scope, details: code.details, createdAt: now, expiresAt: expiresAt)
    }
}
