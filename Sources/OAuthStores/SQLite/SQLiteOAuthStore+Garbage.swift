package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func collectGarbage(
        now: UnixTime, policy: GarbagePolicy
    ) async throws(StoreFailure) -> GarbageReport {
        let size = policy.batch
        var report = GarbageReport()
        report.pendingAuthorizations = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM pending_authorizations WHERE sequence IN (
                    SELECT sequence FROM pending_authorizations WHERE expires_at <= ? LIMIT ?)
                """, .time(now), .integer(size))
        }
        report.codes = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                "DELETE FROM codes WHERE sequence IN (SELECT sequence FROM codes WHERE expires_at <= ? LIMIT ?)",
                .time(now - policy.usedCodes), .integer(size))
        }
        report.accessTokens = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM access_tokens WHERE hash IN (
                    SELECT hash FROM access_tokens WHERE expires_at <= ? LIMIT ?)
                """, .time(now), .integer(size))
        }
        report.refreshTokens = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM refresh_tokens WHERE hash IN (
                    SELECT hash FROM refresh_tokens WHERE expires_at <= ? LIMIT ?)
                """, .time(now), .integer(size))
        }
        // Tokens that outlive a collected grant find none, and its number is never given again.
        report.grants = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM grants WHERE id IN (
                    SELECT id FROM grants WHERE coalesce(revoked_at, expires_at) <= ? LIMIT ?)
                """, .time(now - policy.endedGrants), .integer(size))
        }
        report.clients = try await collectClients(now: now, before: now - policy.unusedClients, size: size)
        report.assertions = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM assertions WHERE (client_id, id) IN (
                    SELECT client_id, id FROM assertions WHERE expires_at <= ? LIMIT ?)
                """, .time(now), .integer(size))
        }
        report.signingKeys = try await write { (connection) throws(SQLiteError) in
            try connection.run("DELETE FROM signing_keys WHERE retires_at <= ?", .time(now))
        }
        report.documents = try await collectDocuments(now: now, before: now - policy.unusedDocuments, size: size)
        report.operatorActs = try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM operator_acts WHERE number IN (SELECT number FROM operator_acts WHERE at <= ? LIMIT ?)
                """, .time(now - policy.operatorActs), .integer(size))
        }
        return report
    }

    /// Repeats a bounded deletion, each time in a transaction that others share, until it finds less than it may take
    /// or its task is cancelled.
    private func inSteps(
        of size: Int, _ step: @escaping @Sendable (inout Connection) throws(SQLiteError) -> Int
    ) async throws(StoreFailure) -> Int {
        var sum = 0
        while true {
            let count = try await write(step)
            sum += count
            guard count == size, !Task.isCancelled else { return sum }
        }
    }

    /// Documents of clients without a live grant.
    private func collectDocuments(
        now: UnixTime, before: UnixTime, size: Int
    ) async throws(StoreFailure) -> Int {
        try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                DELETE FROM documents WHERE (client_id, url) IN (
                    SELECT client_id, url FROM documents WHERE fetched_at <= ?2 AND NOT EXISTS (
                        SELECT 1 FROM grants WHERE grants.client_id = documents.client_id
                            AND revoked_at IS NULL AND expires_at > ?1)
                    LIMIT ?3)
                """, .time(now), .time(before), .integer(size))
        }
    }

    /// Clients that never redeemed a code, unless they are about to.
    private func collectClients(
        now: UnixTime, before: UnixTime, size: Int
    ) async throws(StoreFailure) -> Int {
        try await inSteps(of: size) { (connection) throws(SQLiteError) in
            try connection.run(
                """
                WITH busy(client_id) AS MATERIALIZED (
                    SELECT client_id FROM pending_authorizations WHERE expires_at > ?1
                    UNION SELECT client_id FROM codes WHERE expires_at > ?1 AND used_at IS NULL)
                DELETE FROM clients WHERE sequence IN (
                    SELECT sequence FROM clients
                    WHERE authorized_at IS NULL AND created_at <= ?2 AND id NOT IN (SELECT client_id FROM busy)
                    LIMIT ?3)
                """, .time(now), .time(before), .integer(size))
        }
    }
}
