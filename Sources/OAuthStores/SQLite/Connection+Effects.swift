import OAuthProtocol
import SQLite

extension Connection {
    /// Writes what was decided, and answers the outcome.
    mutating func apply<Outcome>(
        _ decision: StoreDecision<Outcome>, _ now: UnixTime
    ) throws(SQLiteError) -> Outcome {
        for effect in decision.effects { try apply(effect, now) }
        return decision.outcome
    }

    private mutating func apply(_ effect: StoreEffect, _ now: UnixTime) throws(SQLiteError) {
        switch effect {
        case .setWrongVerifiers(let count, let code):
            try run("UPDATE codes SET wrong_verifiers = ? WHERE hash = ?", .integer(count), .hash(code))
        case .redeem(let code, let grant, let access, let refresh):
            let id = try insert(grant, now)
            try run(
                "UPDATE codes SET used_at = ?, grant_id = ? WHERE hash = ?", .time(now), .integer(id.value),
                .hash(code))
            if let refresh { try insert(refresh, for: id) }
            try insert(access, for: id, now)
            try run(
                "UPDATE clients SET authorized_at = ? WHERE id = ? AND authorized_at IS NULL", .time(now),
                .text(grant.clientID))
        case .setSuccessor(let successor, let token):
            try run(
                "UPDATE refresh_tokens SET rotated_at = ?, successor = ? WHERE hash = ?", .time(now),
                .hash(successor), .hash(token))
        case .addAccessToken(let token, let grant): try insert(token, for: grant, now)
        case .addRefreshToken(let token, let grant): try insert(token, for: grant)
        case .removeAccessToken(let token): try run("DELETE FROM access_tokens WHERE hash = ?", .hash(token))
        case .endGrant(let grant):
            try run(
                "UPDATE grants SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", .time(now),
                .integer(grant.value))
        }
    }

    private mutating func insert(_ grant: NewGrant, _ now: UnixTime) throws(SQLiteError) -> GrantID {
        try run(
            "INSERT INTO grants(client_id, subject, resource, scope, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
            .text(grant.clientID), .text(grant.subject), .text(grant.resource), .text(grant.scope), .time(now),
            .time(grant.expiresAt))
        return GrantID(lastInsertedKey)
    }

    private mutating func insert(
        _ token: NewAccessToken, for grant: GrantID, _ now: UnixTime
    ) throws(SQLiteError) {
        try run(
            "INSERT INTO access_tokens(hash, grant_id, scope, issued_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            .hash(token.hash), .integer(grant.value), .text(token.scope), .time(now), .time(token.expiresAt))
    }

    private mutating func insert(_ token: NewRefreshToken, for grant: GrantID) throws(SQLiteError) {
        try run(
            "INSERT INTO refresh_tokens(hash, grant_id, expires_at) VALUES (?, ?, ?)", .hash(token.hash),
            .integer(grant.value), .time(token.expiresAt))
    }
}
