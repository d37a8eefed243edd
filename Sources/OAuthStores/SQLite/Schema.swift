import SQLite

/// The tables, as the sequence of steps that made them. A step that was released is never changed; what is new comes
/// as a further step. `docs/storage.md` describes them.
enum Schema {
    static let version = steps.count

    /// Marks a file as ours: the bytes `cgas`.
    static let applicationID = 0x6367_6173

    /// What was found in a file that was opened.
    enum Opening: Hashable, Sendable {
        case ready
        /// Of an earlier release; 0 for a file with nothing in it.
        case older(Int)
        case newer(Int)
        case foreign
        /// A version that no release writes.
        case impossible(Int)

        /// Why the file cannot be used; nil where it can.
        func failure(_ path: String) -> StoreFailure? {
            switch self {
            case .ready, .older: nil
            case .newer(let found): .newerSchema(found: found, known: version)
            case .foreign: .damaged("\(path) is a database of another program")
            case .impossible(let found):
                .damaged("\(path) has schema version \(found), which no release writes: restore the back-up")
            }
        }
    }

    private static let steps: [StaticString] = [
        """
        CREATE TABLE clients(
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, metadata TEXT NOT NULL, secret_hash BLOB,
            previous_secret_hash BLOB, previous_secret_expires_at INTEGER, registration_token_hash BLOB,
            created_at INTEGER NOT NULL, authorized_at INTEGER, revision INTEGER NOT NULL) STRICT;
        CREATE INDEX clients_unused ON clients(created_at) WHERE authorized_at IS NULL;
        CREATE INDEX clients_registration ON clients(registration_token_hash)
            WHERE registration_token_hash IS NOT NULL;

        CREATE TABLE pending_authorizations(
            sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, client_id TEXT NOT NULL, details TEXT NOT NULL,
            created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;
        CREATE INDEX pending_authorizations_expiry ON pending_authorizations(expires_at);

        CREATE TABLE codes(
            sequence INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, client_id TEXT NOT NULL,
            redirect_uri TEXT NOT NULL, redirect_named INTEGER NOT NULL, challenge TEXT NOT NULL,
            subject TEXT NOT NULL, resource TEXT NOT NULL, scope TEXT NOT NULL, details TEXT NOT NULL,
            issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER,
            wrong_verifiers INTEGER NOT NULL, grant_id INTEGER) STRICT;
        CREATE INDEX codes_expiry ON codes(expires_at);

        CREATE TABLE grants(
            id INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT NOT NULL, subject TEXT NOT NULL,
            resource TEXT NOT NULL, scope TEXT NOT NULL, details TEXT NOT NULL, created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL, revoked_at INTEGER) STRICT;
        CREATE INDEX grants_client ON grants(client_id);
        CREATE INDEX grants_subject ON grants(subject);
        CREATE INDEX grants_end ON grants(coalesce(revoked_at, expires_at));

        CREATE TABLE access_tokens(
            hash BLOB NOT NULL PRIMARY KEY, grant_id INTEGER NOT NULL, scope TEXT NOT NULL,
            issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX access_tokens_expiry ON access_tokens(expires_at);

        CREATE TABLE refresh_tokens(
            hash BLOB NOT NULL PRIMARY KEY, grant_id INTEGER NOT NULL, issued_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL, rotated_at INTEGER, successor BLOB) STRICT, WITHOUT ROWID;
        CREATE INDEX refresh_tokens_expiry ON refresh_tokens(expires_at);

        CREATE TABLE consents(
            client_id TEXT NOT NULL, subject TEXT NOT NULL, resource TEXT NOT NULL, scope TEXT NOT NULL,
            redirects_hash BLOB NOT NULL, granted_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            PRIMARY KEY (client_id, subject)) STRICT, WITHOUT ROWID;
        CREATE INDEX consents_expiry ON consents(expires_at);

        CREATE TABLE assertions(
            client_id TEXT NOT NULL, id TEXT NOT NULL, expires_at INTEGER NOT NULL,
            PRIMARY KEY (client_id, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX assertions_expiry ON assertions(expires_at);

        CREATE TABLE signing_keys(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL,
            sealed_private_key BLOB NOT NULL, created_at INTEGER NOT NULL, active_from INTEGER NOT NULL,
            retires_at INTEGER, revoked_at INTEGER) STRICT;
        """,
        """
        CREATE TABLE documents(
            client_id TEXT NOT NULL, url TEXT NOT NULL, body BLOB NOT NULL, entity_tag TEXT,
            fetched_at INTEGER NOT NULL, fresh_until INTEGER NOT NULL,
            PRIMARY KEY (client_id, url)) STRICT, WITHOUT ROWID;
        CREATE INDEX documents_fetch ON documents(fetched_at);
        """,
        // How many clients have never had a token, counted as they come and go: a registration asks each time.
        """
        CREATE TABLE totals(id INTEGER PRIMARY KEY CHECK (id = 1), unused_clients INTEGER NOT NULL) STRICT;
        INSERT INTO totals(id, unused_clients) SELECT 1, count(*) FROM clients WHERE authorized_at IS NULL;
        CREATE TRIGGER clients_registered AFTER INSERT ON clients WHEN new.authorized_at IS NULL
            BEGIN UPDATE totals SET unused_clients = unused_clients + 1; END;
        CREATE TRIGGER clients_authorized AFTER UPDATE OF authorized_at ON clients
            WHEN old.authorized_at IS NULL AND new.authorized_at IS NOT NULL
            BEGIN UPDATE totals SET unused_clients = unused_clients - 1; END;
        CREATE TRIGGER clients_deleted AFTER DELETE ON clients WHEN old.authorized_at IS NULL
            BEGIN UPDATE totals SET unused_clients = unused_clients - 1; END;
        """,
        """
        CREATE TABLE users(subject TEXT NOT NULL PRIMARY KEY, password_digest BLOB NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE operator_acts(
            number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL,
            grants INTEGER NOT NULL) STRICT;
        CREATE INDEX operator_acts_at ON operator_acts(at);
        """,
        // Keys of two algorithms take turns apart.
        """
        ALTER TABLE signing_keys ADD COLUMN algorithm TEXT NOT NULL DEFAULT 'ES256';
        """,
        // What no release ever read. When a code or a token was made stands in its hash.
        """
        DROP TABLE consents;
        ALTER TABLE codes DROP COLUMN redirect_named;
        ALTER TABLE codes DROP COLUMN issued_at;
        ALTER TABLE grants DROP COLUMN details;
        ALTER TABLE refresh_tokens DROP COLUMN issued_at;
        """,
    ]

    /// Brings the file to our version. All in one transaction, so that of many processes that start at once one does
    /// it and the others see it done.
    static func bringUp(_ connection: inout Connection) throws(SQLiteError) -> Opening {
        let opening = try look(&connection)
        guard case .older(let found) = opening else { return opening }
        for step in steps[found...] { try connection.script(step) }
        try mark(&connection)
        try connection.set("user_version", to: version)
        return .ready
    }

    /// What is in the file; changes nothing.
    static func look(_ connection: inout Connection) throws(SQLiteError) -> Opening {
        let found = try connection.number("PRAGMA user_version")
        let owner = try connection.number("PRAGMA application_id")
        guard owner == applicationID else {
            let tables = try connection.number("SELECT count(*) FROM sqlite_schema")
            return owner == 0 && found == 0 && tables == 0 ? .older(0) : .foreign
        }
        guard found > 0 else { return .impossible(found) }
        if found > version { return .newer(found) }
        return found == version ? .ready : .older(found)
    }

    /// Writes who the file belongs to. Writing it again changes nothing, whatever the release, and is a commit like any
    /// other.
    static func mark(_ connection: inout Connection) throws(SQLiteError) {
        try connection.set("application_id", to: applicationID)
    }

    /// Visits the root of every table that all versions have, where most of the damage shows that a part of a file
    /// overwritten or cut off does.
    static func visitTables(_ connection: inout Connection) throws(SQLiteError) {
        for question in firstRows { _ = try connection.first(question) { (_) throws(SQLiteError) in true } }
    }

    private static let firstRows: [StaticString] = [
        "SELECT 1 FROM clients LIMIT 1", "SELECT 1 FROM pending_authorizations LIMIT 1", "SELECT 1 FROM codes LIMIT 1",
        "SELECT 1 FROM grants LIMIT 1", "SELECT 1 FROM access_tokens LIMIT 1", "SELECT 1 FROM refresh_tokens LIMIT 1",
        "SELECT 1 FROM assertions LIMIT 1", "SELECT 1 FROM signing_keys LIMIT 1",
    ]
}
