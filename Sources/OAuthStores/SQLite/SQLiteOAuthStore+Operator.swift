package import OAuthProtocol
import SQLite

extension SQLiteOAuthStore {
    package func grants(
        _ selection: GrantSelection, after: GrantID?, limit: Int, now: UnixTime
    ) async throws(StoreFailure) -> [Grant] {
        try await read { (connection) throws(SQLiteError) in
            try connection.all(
                """
                SELECT id, client_id, subject, resource, scope, created_at, expires_at, revoked_at FROM grants
                WHERE revoked_at IS NULL AND expires_at > ?1 AND (?2 IS NULL OR id = ?2)
                    AND (?3 IS NULL OR client_id = ?3) AND (?4 IS NULL OR subject = ?4)
                    AND (?5 IS NULL OR resource = ?5) AND id > ?6 ORDER BY id LIMIT ?7
                """,
                .time(now), .integer(selection.id?.value), .text(selection.clientID), .text(selection.subject),
                .text(selection.resource), .integer(after?.value ?? 0), .integer(limit)
            ) { (row) throws(SQLiteError) in try row.grant(from: 0) }
        }
    }

    package func countGrants(_ selection: GrantSelection, now: UnixTime) async throws(StoreFailure) -> Int {
        try await read { (connection) throws(SQLiteError) in
            let count = try connection.first(
                """
                SELECT count(*) FROM grants
                WHERE revoked_at IS NULL AND expires_at > ?1 AND (?2 IS NULL OR id = ?2)
                    AND (?3 IS NULL OR client_id = ?3) AND (?4 IS NULL OR subject = ?4)
                    AND (?5 IS NULL OR resource = ?5)
                """,
                .time(now), .integer(selection.id?.value), .text(selection.clientID), .text(selection.subject),
                .text(selection.resource)
            ) { (row) throws(SQLiteError) in try row.integer(0) }
            return Int(count ?? 0)
        }
    }

    package func revokeGrants(
        _ selection: GrantSelection, limit: Int, act: OperatorAct?, now: UnixTime
    ) async throws(StoreFailure) -> Int {
        try await write { (connection) throws(SQLiteError) in
            // A code that is not redeemed yet is a grant to be; a number is of none.
            if selection.id == nil {
                try connection.run(
                    """
                    DELETE FROM codes WHERE expires_at > ?1 AND used_at IS NULL AND (?2 IS NULL OR client_id = ?2)
                        AND (?3 IS NULL OR subject = ?3) AND (?4 IS NULL OR resource = ?4)
                    """,
                    .time(now), .text(selection.clientID), .text(selection.subject), .text(selection.resource))
            }
            let ended = try connection.run(
                """
                UPDATE grants SET revoked_at = ?1 WHERE id IN (
                    SELECT id FROM grants
                    WHERE revoked_at IS NULL AND expires_at > ?1 AND (?2 IS NULL OR id = ?2)
                        AND (?3 IS NULL OR client_id = ?3) AND (?4 IS NULL OR subject = ?4)
                        AND (?5 IS NULL OR resource = ?5) ORDER BY id LIMIT ?6)
                """,
                .time(now), .integer(selection.id?.value), .text(selection.clientID), .text(selection.subject),
                .text(selection.resource), .integer(limit))
            if ended > 0, let act { try connection.record(act, grants: ended) }
            return ended
        }
    }

    package func removeClient(
        _ id: String, act: OperatorAct?, now: UnixTime
    ) async throws(StoreFailure) -> ClientRemoval? {
        try await write { (connection) throws(SQLiteError) in
            let wasRegistered = try connection.run("DELETE FROM clients WHERE id = ?", .text(id)) == 1
            let grants = try connection.run(
                "UPDATE grants SET revoked_at = ?1 WHERE client_id = ?2 AND revoked_at IS NULL AND expires_at > ?1",
                .time(now), .text(id))
            // The few that can still be redeemed; used ones stay to recognise a replay.
            try connection.run(
                "DELETE FROM codes WHERE expires_at > ? AND client_id = ? AND used_at IS NULL", .time(now), .text(id))
            try connection.run("DELETE FROM pending_authorizations WHERE client_id = ?", .text(id))
            let documents = try connection.run("DELETE FROM documents WHERE client_id = ?", .text(id))
            guard wasRegistered || grants > 0 || documents > 0 else { return nil }
            if let act { try connection.record(act, grants: grants) }
            return ClientRemoval(wasRegistered: wasRegistered, grants: grants)
        }
    }

    package func knownClients(
        after: String?, limit: Int, now: UnixTime
    ) async throws(StoreFailure) -> [KnownClient] {
        try await read { (connection) throws(SQLiteError) in
            let ids = try connection.all(
                """
                SELECT id FROM (SELECT id FROM clients WHERE id > ?1 ORDER BY id LIMIT ?2)
                UNION SELECT client_id FROM (
                    SELECT DISTINCT client_id FROM grants
                    WHERE client_id > ?1 AND revoked_at IS NULL AND expires_at > ?3 ORDER BY client_id LIMIT ?2)
                UNION SELECT client_id FROM (
                    SELECT DISTINCT client_id FROM documents WHERE client_id > ?1 ORDER BY client_id LIMIT ?2)
                ORDER BY 1 LIMIT ?2
                """, .text(after ?? ""), .integer(limit), .time(now)
            ) { (row) throws(SQLiteError) in try row.text(0) }
            var clients: [KnownClient] = []
            for id in ids {
                let grants = try connection.first(
                    "SELECT count(*) FROM grants WHERE client_id = ? AND revoked_at IS NULL AND expires_at > ?",
                    .text(id), .time(now)
                ) { (row) throws(SQLiteError) in try row.integer(0) }
                clients.append(
                    KnownClient(id: id, registration: try connection.client(id), grants: Int(grants ?? 0)))
            }
            return clients
        }
    }

    package func operatorActs(after number: Int64) async throws(StoreFailure) -> [RecordedAct] {
        try await read { (connection) throws(SQLiteError) in
            try connection.all(
                "SELECT number, at, actor, command, grants FROM operator_acts WHERE number > ? ORDER BY number LIMIT 1000",
                .integer(number)
            ) { (row) throws(SQLiteError) in
                RecordedAct(
                    number: try row.integer(0),
                    act: OperatorAct(at: try row.time(1), actor: try row.text(2), command: try row.text(3)),
                    grants: Int(try row.integer(4)))
            }
        }
    }

    package func lastOperatorAct() async throws(StoreFailure) -> Int64 {
        try await read { (connection) throws(SQLiteError) in
            try connection.first("SELECT coalesce(max(number), 0) FROM operator_acts") { (row) throws(SQLiteError) in
                try row.integer(0)
            } ?? 0
        }
    }
}

extension Connection {
    fileprivate mutating func record(_ act: OperatorAct, grants: Int) throws(SQLiteError) {
        try run(
            "INSERT INTO operator_acts(at, actor, command, grants) VALUES (?, ?, ?, ?)", .time(act.at),
            .text(act.actor), .text(act.command), .integer(grants))
    }
}
