import Glibc
import OAuthProtocol
import OAuthStoreConformance
import OAuthStores
import SQLite

/// Two programs for trials of the SQLite store. `write FILE FIRST` makes grants without end and prints the number of
/// each once it is acknowledged, until it is killed. `fill FILE GRANTS` puts so many grants in. `measure FILE GRANTS`
/// prints rates beside so many.
@main
enum Trial {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let number = Int(arguments[3]) else {
            print("usage: oauth-store-trial write FILE FIRST | fill FILE GRANTS | measure FILE GRANTS")
            exit(2)
        }
        let store = try await SQLiteOAuthStore.open(DatabaseFile(path: arguments[2]))
        switch arguments[1] {
        case "write": try await write(store, from: number)
        case "fill": try await fill(store, grants: number, at: UnixTime(seconds: Int64(time(nil))))
        case "measure": try await measure(store, grants: number)
        default: exit(2)
        }
        await store.close()
    }

    /// Eight callers, so that there are groups.
    private static func write(_ store: SQLiteOAuthStore, from first: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    var number = first + caller
                    while true {
                        guard try await store.grant(number) != nil else { return }
                        let line = Array("\(number)\n".utf8)
                        // One call a line: a line is there whole or was not said.
                        _ = Glibc.write(1, line, line.count)
                        number += 8
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func fill(_ store: SQLiteOAuthStore, grants: Int, at time: UnixTime = Fixture.start) async throws {
        try await callers(64, each: grants / 64) { _ = try await store.grant($0, at: time) }
    }

    private static func measure(_ store: SQLiteOAuthStore, grants: Int) async throws {
        print("filling \(grants) grants")
        try await fill(store, grants: grants)
        let count = min(grants, 64_000)
        try await rate("access token lookups, 64 callers", count * 2) { number in
            _ = try await store.isActive(number % grants, at: Fixture.at(1))
        }
        try await rate("unknown token lookups, 64 callers", count * 2) { number in
            _ = try await store.isActive(number + 10_000_000, at: Fixture.at(1))
        }
        try await rate("registrations, 64 callers", count / 2) { number in
            _ = try await store.register(Fixture.client("client-\(number)"))
        }
        try await rate(
            "code claims, 64 callers", count / 4,
            prepare: { number in
                _ = try await store.issue(Fixture.code(20_000_000 + number), pending: 20_000_000 + number)
            }
        ) { number in
            _ = try await store.claim(Fixture.claim(20_000_000 + number), now: Fixture.at(1))
        }
        try await rate("rotations, 64 callers", count / 2) { number in
            _ = try await store.rotate(
                Fixture.rotation(number, to: 30_000_000 + number, access: 30_000_000 + number, at: Fixture.at(2)),
                now: Fixture.at(2))
        }
        try await rate("single puts (assertions), 64 callers", count) { number in
            _ = try await store.useAssertion(
                clientID: "client", id: "\(number)", expiresAt: Fixture.at(300), now: Fixture.start)
        }
        try await rate("single puts (assertions), 1 caller", 4000, callers: 1) { number in
            _ = try await store.useAssertion(
                clientID: "other", id: "\(number)", expiresAt: Fixture.at(300), now: Fixture.start)
        }
    }

    private static func rate(
        _ name: String, _ count: Int, callers number: Int = 64,
        prepare: (@Sendable (Int) async throws -> Void)? = nil,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        if let prepare { try await callers(number, each: count / number, prepare) }
        let clock = ContinuousClock()
        let start = clock.now
        try await callers(number, each: count / number, body)
        let seconds = (clock.now - start) / .seconds(1)
        print("\(name): \(Int(Double(count / number * number) / seconds))/s")
    }

    private static func callers(
        _ count: Int, each: Int, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<count {
                group.addTask { for step in 0..<each { try await body(caller * each + step) } }
            }
            try await group.waitForAll()
        }
    }
}
