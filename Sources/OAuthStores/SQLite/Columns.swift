import OAuthProtocol
import SQLite

extension SQLValue {
    static func time(_ time: UnixTime?) -> SQLValue { .integer(time?.milliseconds) }
    static func hash(_ hash: SecretHash?) -> SQLValue { .blob(hash?.bytes) }
    static func hash(_ hash: TokenHash?) -> SQLValue { .blob(hash?.bytes) }
}

extension Row {
    func time(_ column: Int) throws(SQLiteError) -> UnixTime { UnixTime(milliseconds: try integer(column)) }

    func optionalTime(_ column: Int) throws(SQLiteError) -> UnixTime? {
        try optionalInteger(column).map(UnixTime.init(milliseconds:))
    }

    func hash(_ column: Int) throws(SQLiteError) -> SecretHash {
        guard let hash = SecretHash(try blob(column)) else { throw .mismatch(column: column) }
        return hash
    }

    func optionalTokenHash(_ column: Int) throws(SQLiteError) -> TokenHash? {
        isNull(column) ? nil : try tokenHash(column)
    }

    func tokenHash(_ column: Int) throws(SQLiteError) -> TokenHash {
        guard let hash = TokenHash(try blob(column)) else { throw .mismatch(column: column) }
        return hash
    }

    func optionalHash(_ column: Int) throws(SQLiteError) -> SecretHash? {
        isNull(column) ? nil : try hash(column)
    }

    /// A grant from its eight columns: id, client_id, subject, resource, scope, created_at, expires_at, revoked_at.
    func grant(from first: Int) throws(SQLiteError) -> Grant {
        Grant(
            id: GrantID(try integer(first)), clientID: try text(first + 1), subject: try text(first + 2),
            resource: try text(first + 3), scope: try text(first + 4), createdAt: try time(first + 5),
            expiresAt: try time(first + 6), revokedAt: try optionalTime(first + 7))
    }
}
