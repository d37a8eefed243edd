import OAuthStoreConformance
import OAuthStoreMemory
import OAuthStores
import SQLite
import TestSupport
import Testing

@Suite("both stores keep the same promises")
struct ConformanceTests {
    @Test("in memory", arguments: OAuthStoreConformance.all)
    func memory(trial: OAuthStoreConformance) async throws {
        try await trial.run(MemoryOAuthStore())
    }

    @Test("on SQLite", arguments: OAuthStoreConformance.all)
    func sqlite(trial: OAuthStoreConformance) async throws {
        let folder = try TemporaryFolder()
        let store = try await SQLiteOAuthStore.open(DatabaseFile(path: folder.file("auth.db")))
        try await trial.run(store)
        await store.close()
    }
}
