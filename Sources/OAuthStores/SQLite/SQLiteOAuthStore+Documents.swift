import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func keep(_ document: StoredDocument) async throws(StoreFailure) {
        try await write { (connection) throws(SQLiteError) in
            _ = try connection.run(
                """
                INSERT INTO documents(client_id, url, body, entity_tag, fetched_at, fresh_until)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT(client_id, url) DO UPDATE SET
                    body = excluded.body, entity_tag = excluded.entity_tag, fetched_at = excluded.fetched_at,
                    fresh_until = excluded.fresh_until
                WHERE excluded.fetched_at >= fetched_at
                """,
                .text(document.clientID), .text(document.url), .blob(document.body), .text(document.entityTag),
                .time(document.fetchedAt), .time(document.freshUntil))
        }
    }

    package func document(_ url: String, clientID: String) async throws(StoreFailure) -> StoredDocument? {
        try await read { (connection) throws(SQLiteError) in
            try connection.first(
                """
                SELECT client_id, url, body, entity_tag, fetched_at, fresh_until FROM documents
                WHERE client_id = ? AND url = ?
                """, .text(clientID), .text(url)
            ) { (row) throws(SQLiteError) in
                StoredDocument(
                    clientID: try row.text(0), url: try row.text(1), body: try row.blob(2),
                    entityTag: try row.optionalText(3), fetchedAt: try row.time(4), freshUntil: try row.time(5))
            }
        }
    }
}
