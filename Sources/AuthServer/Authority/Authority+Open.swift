import Cryptography
import OAuthStores
import RuntimeConfig
import SQLite

extension Authority {
    /// Opens what a config names; nil in mode `companion`, where somebody else issues tokens.
    static func open(_ config: RuntimeConfig) async throws(StartFailure) -> Authority? {
        guard config.mode != .companion, let place = config.store else { return nil }
        guard case .sqlite(let path) = place else {
            throw .environment(
                "the store is PostgreSQL, which this release does not speak yet: use store: { sqlite: FILE }")
        }
        let master = try MasterKey.beside(database: path)
        let keys: ServerKeys
        do throws(CryptographyError) {
            keys = try ServerKeys(master: master, issuer: config.issuer)
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
            return try Authority(config, store: store, keys: keys)
        } catch {
            await store.close()
            throw error
        }
    }
}
