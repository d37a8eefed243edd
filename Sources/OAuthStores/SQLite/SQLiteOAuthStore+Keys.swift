package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func signingKeys() async throws(StoreFailure) -> [SigningKey] {
        try await read { (connection) throws(SQLiteError) in try connection.signingKeys() }
    }

    package func addSigningKey(
        _ key: SigningKey, ifNewestIs newest: String?, retiringItAt retirement: UnixTime?
    ) async throws(StoreFailure) -> Bool {
        try await write { (connection) throws(SQLiteError) in
            let found = try connection.first(
                "SELECT id FROM signing_keys WHERE algorithm = ? ORDER BY sequence DESC LIMIT 1", .text(key.algorithm)
            ) { (row) throws(SQLiteError) in try row.text(0) }
            guard found == newest else { return false }
            if let found {
                try connection.run(
                    "UPDATE signing_keys SET retires_at = ? WHERE id = ?", .time(retirement), .text(found))
            }
            return try connection.run(
                """
                INSERT INTO signing_keys(
                    id, public_key, sealed_private_key, created_at, active_from, retires_at, revoked_at,
                    algorithm)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .text(key.id), .text(key.publicKey), .blob(key.sealedPrivateKey), .time(key.createdAt),
                .time(key.activeFrom), .time(key.retiresAt), .time(key.revokedAt), .text(key.algorithm)) == 1
        }
    }

    package func revokeSigningKey(_ id: String, now: UnixTime) async throws(StoreFailure) -> Bool {
        try await write { (connection) throws(SQLiteError) in
            try connection.run(
                "UPDATE signing_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", .time(now), .text(id))
                == 1
        }
    }
}

extension Connection {
    /// All keys, oldest first, of a store of this schema version; before 5 all of them were for ES256.
    mutating func signingKeys(ofSchema version: Int = Schema.version) throws(SQLiteError) -> [SigningKey] {
        try all(
            version < 5
                ? """
                SELECT id, public_key, sealed_private_key, created_at, active_from, retires_at, revoked_at, 'ES256'
                FROM signing_keys ORDER BY sequence
                """
                : """
                SELECT id, public_key, sealed_private_key, created_at, active_from, retires_at, revoked_at, algorithm
                FROM signing_keys ORDER BY sequence
                """
        ) { (row) throws(SQLiteError) in
            SigningKey(
                id: try row.text(0), publicKey: try row.text(1), sealedPrivateKey: try row.blob(2),
                createdAt: try row.time(3), activeFrom: try row.time(4), retiresAt: try row.optionalTime(5),
                revokedAt: try row.optionalTime(6), algorithm: try row.text(7))
        }
    }
}
