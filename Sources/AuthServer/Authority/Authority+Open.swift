import Cryptography
import HTTPClient
import OAuthStores
import RuntimeConfig
import SQLite

extension Authority {
    /// Opens what a config names for its users, and asks `fetcher` for the documents of clients; nil in mode `companion`, where
    /// somebody else issues tokens.
    static func open(
        _ config: RuntimeConfig, users: LocalUsers? = nil, fetcher: (any DocumentFetcher)? = nil, log: RequestLog = .off
    ) async throws(StartFailure) -> Authority? {
        guard config.mode != .companion, let place = config.store else { return nil }
        guard case .sqlite(let path) = place else {
            throw noPostgres
        }
        let master = try MasterKey.load(config.key, database: path)
        let keys: ServerKeys
        let directory: UserDirectory?
        do throws(CryptographyError) {
            let derived = try ServerKeys(master: master, issuer: config.issuer)
            keys = derived
            directory = try users.map { users throws(CryptographyError) in
                try UserDirectory(users, key: derived.passwords)
            }
        } catch {
            throw .environment("cannot derive the keys of this server: \(error)")
        }
        let store: SQLiteOAuthStore
        do throws(StoreFailure) {
            store = try await SQLiteOAuthStore.open(DatabaseFile(path: path))
        } catch {
            throw .environment("cannot open the store \(path): \(error)")
        }
        do throws(StartFailure) {
            let standard = fetcher == nil ? try publicFetcher(config) : nil
            return try Authority(
                config, store: store, keys: keys, fetcher: fetcher ?? standard, users: directory, log: log)
        } catch {
            await store.close()
            throw error
        }
    }

    static let noPostgres = StartFailure.environment(
        "the store is PostgreSQL, which this release does not speak yet: use store: { sqlite: FILE }")

    /// Fetches documents from the public internet alone; nil where no client comes by one, so that there is no thread
    /// for it.
    private static func publicFetcher(_ config: RuntimeConfig) throws(StartFailure) -> (any DocumentFetcher)? {
        guard config.lanes.contains(.cimd) else { return nil }
        do throws(HTTPClientError) {
            return try HTTPClient(policy: .publicDocuments)
        } catch {
            throw .environment("cannot start the client for documents: \(error)")
        }
    }
}
