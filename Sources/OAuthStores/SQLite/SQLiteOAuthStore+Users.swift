package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func settle(
        _ users: [KnownUser], endingChanged: Bool, now: UnixTime
    ) async throws(StoreFailure) -> UserChanges {
        try await write { (connection) throws(SQLiteError) in
            let settlement = UserSettlement(
                users, known: try connection.knownUsers(), holders: try connection.subjects(now),
                endingChanged: endingChanged)
            var ended: [String: Int] = [:]
            for subject in settlement.ending { ended[subject] = try connection.endAll(of: subject, now) }
            for subject in settlement.forgotten {
                try connection.run("DELETE FROM users WHERE subject = ?", .text(subject))
            }
            for user in settlement.remembered {
                try connection.run(
                    "INSERT OR REPLACE INTO users(subject, password_digest) VALUES (?, ?)", .text(user.subject),
                    .hash(user.password))
            }
            return settlement.changes(ended: ended)
        }
    }
}

extension Connection {
    fileprivate mutating func knownUsers() throws(SQLiteError) -> [String: SecretHash] {
        let rows = try all("SELECT subject, password_digest FROM users") { (row) throws(SQLiteError) in
            KnownUser(subject: try row.text(0), password: try row.hash(1))
        }
        return Dictionary(rows.map { ($0.subject, $0.password) }) { _, last in last }
    }

    /// Everybody who has a grant, or a code that can be redeemed. The index is asked for one subject after the other,
    /// since many grants have the same.
    fileprivate mutating func subjects(_ now: UnixTime) throws(SQLiteError) -> Set<String> {
        let holders = try all(
            """
            WITH RECURSIVE holders(subject) AS (
                SELECT min(subject) FROM grants
                UNION ALL SELECT (SELECT min(subject) FROM grants WHERE grants.subject > holders.subject)
                FROM holders WHERE holders.subject IS NOT NULL)
            SELECT subject FROM holders WHERE subject IS NOT NULL
            UNION SELECT subject FROM codes WHERE expires_at > ? AND used_at IS NULL
            """, .time(now)
        ) { (row) throws(SQLiteError) in try row.text(0) }
        return Set(holders)
    }

    /// Ends all that was given to a user; answers how many grants.
    fileprivate mutating func endAll(of subject: String, _ now: UnixTime) throws(SQLiteError) -> Int {
        try run(
            "DELETE FROM codes WHERE expires_at > ? AND subject = ? AND used_at IS NULL", .time(now), .text(subject))
        return try run(
            "UPDATE grants SET revoked_at = ? WHERE subject = ? AND revoked_at IS NULL AND expires_at > ?",
            .time(now), .text(subject), .time(now))
    }
}
