import Cryptography
import HTTPClient
import OAuthModel
import OAuthStores
import RuntimeConfig
import SQLite

extension Services {
    /// Opens what a config names for its users, and asks `fetcher` for the documents of clients; nil in mode
    /// `external`, where somebody else issues tokens. Nothing is made before ``StartCheck`` has found nothing wrong,
    /// and the key after the store, so that a key without a store means that the store was lost.
    static func open(
        _ config: RuntimeConfig, terms: StartCheck.Terms = .serving, users: LocalUsers? = nil,
        fetcher: (any DocumentFetcher)? = nil,
        report: @escaping @Sendable (_ url: String, _ failure: DocumentFailure) -> Void = { _, _ in }
    ) async throws(StartFailure) -> Services? {
        guard let check = try await StartCheck.run(config, terms: terms) else { return nil }
        let path = check.path
        let condition = StoreCondition(path: path)
        let store: SQLiteOAuthStore
        do throws(StoreFailure) {
            store = try await SQLiteOAuthStore.open(DatabaseFile(path: path), observe: condition.observe)
        } catch {
            throw .store(path, error)
        }
        do throws(StartFailure) {
            do throws(StoreFailure) { try await store.probe() } catch { throw StartFailure.store(path, error) }
            let master = if let found = check.master { found } else { try MasterKey.beside(database: path) }
            let keys = try ServerKeys.derived(from: master, issuer: config.issuer)
            let standard = fetcher == nil ? try publicFetcher(config) : nil
            return try Services(
                config, store: store, condition: condition, keys: keys, fetcher: fetcher ?? standard,
                users: try directory(of: users, keys), report: report)
        } catch {
            await store.close()
            throw error
        }
    }

    private static func directory(
        of users: LocalUsers?, _ keys: ServerKeys
    ) throws(StartFailure) -> UserDirectory? {
        guard let users else { return nil }
        do throws(CryptographyError) {
            return try UserDirectory(users, key: keys.passwords)
        } catch {
            throw .environment("cannot keep the passwords of users: \(error)")
        }
    }

    /// Fetches documents from the public internet alone; nil where no client comes by one, so that there is no thread
    /// for it.
    private static func publicFetcher(_ config: RuntimeConfig) throws(StartFailure) -> (any DocumentFetcher)? {
        guard config.registrationMethods.contains(.cimd) else { return nil }
        do throws(HTTPClientError) {
            return try HTTPClient(policy: .publicDocuments)
        } catch {
            throw .environment("cannot start the client for documents: \(error)")
        }
    }
}
