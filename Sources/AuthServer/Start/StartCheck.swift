import Cryptography
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import SQLite

/// What a start finds on the machine, looked at without changing anything there.
///
/// Each start looks first and goes on from what it saw; `--check` looks and stops. So both say the same, and a start
/// that is refused leaves everything as it was. Addresses are not tried: a server that runs has them.
struct StartCheck: Sendable {
    /// What a command goes on with, though a server would not.
    struct Terms: Hashable, Sendable {
        /// An empty store, or none, beside a key that is there.
        var newStore = false
        /// No master key for signing keys that are there.
        var newKey = false
        /// Signing keys that another master key has sealed.
        var foreignKeys = false

        static let serving = Terms()
    }

    /// Where the SQLite store is.
    let path: String
    /// Nil where it is yet to be made.
    let master: Secret?

    static let noPostgres = StartFailure.environment(
        "\(Capability.postgreSQLStore.reason): \(Capability.postgreSQLStore.alternative)")

    /// Nil for mode `external`, where there is no store.
    static func run(
        _ config: RuntimeConfig, terms: Terms = .serving, surroundings: Surroundings = .process, clock: Clock = .system
    ) async throws(StartFailure) -> StartCheck? {
        _ = try ServiceTokens(config, surroundings: surroundings)
        guard config.mode != .external, let place = config.store else { return nil }
        guard case .sqlite(let path) = place else { throw Self.noPostgres }
        // The key first: a process that starts at the same time makes it when its store is there.
        var master = try MasterKey.find(config.key, database: path, surroundings: surroundings)
        let found: StoreExamination
        do throws(StoreFailure) {
            found = try await StoreExamination.of(DatabaseFile(path: path))
        } catch {
            throw .store(path, error)
        }
        if master == nil, !found.signingKeys.isEmpty {
            // It may have made both since we looked.
            master = try MasterKey.find(config.key, database: path, surroundings: surroundings)
            guard master != nil || terms.newKey else { throw missingKey(path) }
        }
        guard let master else { return StartCheck(path: path, master: nil) }
        if config.key == nil, !found.holdsStore, !terms.newStore { throw missingStore(path) }
        if !terms.foreignKeys { try await trySigning(found.signingKeys, master: master, config, clock) }
        return StartCheck(path: path, master: master)
    }

    /// Does with a copy of the keys what the start does with them; those of ID tokens have the same seal, and take too
    /// long to make for a look.
    private static func trySigning(
        _ found: [SigningKey], master: Secret, _ config: RuntimeConfig, _ clock: Clock
    ) async throws(StartFailure) {
        let copy = SigningKeyCopy(found.filter { $0.algorithm == AccessTokenSignature.algorithm.rawValue })
        let keys = try ServerKeys.derived(from: master, issuer: config.issuer)
        let signing = SigningKeys(store: copy, seal: keys.signing, policy: KeyPolicy(config.tokens))
        try await signing.prepare(now: clock.now)
    }

    private static func missingStore(_ path: String) -> StartFailure {
        StartFailure(
            "\(ConnectorgenAuth.name): there is no store at \(path), but its key, \(path).key, is there: restore the "
                + "store from the back-up; or begin with an empty one by --new-store, and every client and token of "
                + "the old one is unknown\n",
            .invalid)
    }

    private static func missingKey(_ path: String) -> StartFailure {
        StartFailure(
            "\(ConnectorgenAuth.name): the key of the store \(path) is missing: restore \(path).key from the back-up; or "
                + "make a new one with `\(ConnectorgenAuth.name) keys rotate`, after which everybody signs in anew\n",
            .invalid)
    }
}

extension StartFailure {
    static func store(_ path: String, _ failure: StoreFailure) -> StartFailure {
        .environment("cannot open the store \(path): \(failure)")
    }
}
