package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package enum Store: Hashable, Sendable {
        case sqlite(path: String)
        case postgres(SecretReference)
    }
}

package enum StoreKey: String, RuntimeKey {
    case sqlite, postgres
}

extension RuntimeConfig.Store {
    static let codec = ValueCodec<Self>.choice([
        .init(
            StoreKey.sqlite, .text(FilePath.self), "The file of a SQLite database.", make: { .sqlite(path: $0) },
            payload: { if case .sqlite(let path) = $0 { path } else { nil } }),
        .init(
            StoreKey.postgres, .secret, "The connection string of a PostgreSQL database.", make: { .postgres($0) },
            payload: { if case .postgres(let secret) = $0 { secret } else { nil } }),
    ])
}
