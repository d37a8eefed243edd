package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func register(
        _ client: StoredClient, unusedLimit: Int
    ) async throws(StoreFailure) -> ClientAdmission {
        try await write { (connection) throws(SQLiteError) in
            let added = try connection.run(
                """
                INSERT INTO clients(
                    id, metadata, secret_hash, previous_secret_hash, previous_secret_expires_at,
                    registration_token_hash, created_at, authorized_at, revision)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
                WHERE ?10 = 0 OR (SELECT unused_clients FROM totals) < ?10 ON CONFLICT(id) DO NOTHING
                """,
                .text(client.id), .text(client.metadata), .hash(client.secretHash), .hash(client.previousSecretHash),
                .time(client.previousSecretExpiresAt), .hash(client.registrationTokenHash), .time(client.createdAt),
                .time(client.authorizedAt), .integer(client.revision), .integer(unusedLimit))
            if added == 1 { return .registered }
            let isTaken = try connection.first("SELECT 1 FROM clients WHERE id = ?", .text(client.id)) {
                (_) throws(SQLiteError) in true
            }
            return isTaken == true ? .taken : .full
        }
    }

    package func client(_ id: String) async throws(StoreFailure) -> StoredClient? {
        try await read { (connection) throws(SQLiteError) in try connection.client(id) }
    }

    package func clients(after id: String, limit: Int) async throws(StoreFailure) -> [StoredClient] {
        try await read { (connection) throws(SQLiteError) in
            try connection.all(
                """
                SELECT id, metadata, secret_hash, previous_secret_hash, previous_secret_expires_at,
                    registration_token_hash, created_at, authorized_at, revision
                FROM clients WHERE id > ? ORDER BY id LIMIT ?
                """, .text(id), .integer(limit), read: StoredClient.init)
        }
    }

    package func update(_ client: StoredClient) async throws(StoreFailure) -> Bool {
        try await write { (connection) throws(SQLiteError) in
            try connection.run(
                """
                UPDATE clients SET metadata = ?, secret_hash = ?, previous_secret_hash = ?,
                    previous_secret_expires_at = ?, registration_token_hash = ?, revision = revision + 1
                WHERE id = ? AND revision = ?
                """,
                .text(client.metadata), .hash(client.secretHash), .hash(client.previousSecretHash),
                .time(client.previousSecretExpiresAt), .hash(client.registrationTokenHash), .text(client.id),
                .integer(client.revision)) == 1
        }
    }

    package func invalidateRegistrationToken(_ hash: TokenHash) async throws(StoreFailure) {
        try await write { (connection) throws(SQLiteError) in
            _ = try connection.run(
                """
                UPDATE clients SET registration_token_hash = NULL, revision = revision + 1
                WHERE registration_token_hash = ?
                """, .hash(hash))
        }
    }

    package func useAssertion(
        clientID: String, id: String, expiresAt: UnixTime, now: UnixTime
    ) async throws(StoreFailure) -> Bool {
        try await write { (connection) throws(SQLiteError) in
            try connection.run(
                """
                INSERT INTO assertions(client_id, id, expires_at) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at WHERE expires_at <= ?
                """, .text(clientID), .text(id), .time(expiresAt), .time(now)) == 1
        }
    }
}

extension StoredClient {
    /// The columns as both questions name them.
    fileprivate init(_ row: borrowing Row) throws(SQLiteError) {
        self.init(
            id: try row.text(0), metadata: try row.text(1), secretHash: try row.optionalHash(2),
            previousSecretHash: try row.optionalHash(3), previousSecretExpiresAt: try row.optionalTime(4),
            registrationTokenHash: try row.optionalTokenHash(5), createdAt: try row.time(6),
            authorizedAt: try row.optionalTime(7), revision: Int(try row.integer(8)))
    }
}

extension Connection {
    mutating func client(_ id: String) throws(SQLiteError) -> StoredClient? {
        try first(
            """
            SELECT id, metadata, secret_hash, previous_secret_hash, previous_secret_expires_at,
                registration_token_hash, created_at, authorized_at, revision FROM clients WHERE id = ?
            """, .text(id), read: StoredClient.init)
    }
}
