import Foundation
import OAuthStoreConformance
import OAuthStores
import SQLite
import TestSupport
import Testing

@Suite("kill -9 loses nothing that was acknowledged")
struct KillTests {
    /// More cycles by `CONNECTORGEN_KILLS`.
    static let cycles = Int(ProcessInfo.processInfo.environment["CONNECTORGEN_KILLS"] ?? "") ?? 5

    @Test("P01 Z4 each token that the killed process printed is there, and the file is whole")
    func kills() async throws {
        let folder = try TemporaryFolder()
        let file = DatabaseFile(path: folder.file("auth.db"))
        let trial = try ChildProcess.product("oauth-store-trial")
        var generator = SeededGenerator(seed: 9)
        var first = 1
        for _ in 0..<Self.cycles {
            let child = try ChildProcess(trial, ["write", file.path, "\(first)"])
            // Somewhere in the first commits, or later in the middle of many.
            try await child.output.wait(for: "\(first + Int.random(in: 0..<300, using: &generator))\n")
            child.signal(SIGKILL)
            #expect(try await child.wait() == .signal(SIGKILL))
            // A line that was cut off was not acknowledged as a whole.
            let lines = child.output.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            let acknowledged = lines.compactMap { Int($0) }
            #expect(!acknowledged.isEmpty && acknowledged.count == lines.count)
            let store = try await SQLiteOAuthStore.open(file)
            for number in acknowledged {
                #expect(try await store.isActive(number, at: Fixture.at(1)), "\(number) is lost")
            }
            await store.close()
            first += 1_000_000
        }
        try await onThread {
            var connection = try Connection.open(file, .reading)
            let check = try connection.first("PRAGMA integrity_check") { (row) throws(SQLiteError) in try row.text(0) }
            #expect(check == "ok")
        }
    }
}
