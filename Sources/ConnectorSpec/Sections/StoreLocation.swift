package import OAuthModel
import WebSyntax

/// `issuer.store:`, where the server keeps grants.
package enum StoreLocation: Hashable, Sendable {
    case sqlite(path: String)
    case postgres(SecretReference)
}

extension StoreLocation {
    static let keys = SectionKeys<Located<Self>>(
        "issuer.store", "Where the server keeps grants. Exactly one of the keys.",
        Key(
            "sqlite", .filePath, .conditional("or `postgres`"), "The database file; one node.",
            example: "/var/lib/connectorgen/auth.db"),
        Key(
            "postgres", .secret, .conditional("or `sqlite`"), "The connection string; several nodes.",
            example: "{ env: DATABASE_URL }")
    ) { _, path, connection in
        path.map { Located(.sqlite(path: $0.value.text), at: $0.span) }
            ?? connection.map { Located(.postgres($0.value), at: $0.span) }
    }
}
