import CommandLineSyntax
import Cryptography
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `connectorgen-auth keys`: what an operator does about the signing keys, beside a server that runs. That one sees it
/// within one interval of ``MaintenanceTask``.
enum KeysCommand {
    private static let id = Operand("KID", .required, help: "the id of the key, as `keys list` says it")
    private static let file = "--config out/runtime/connectorgen-auth.json"

    static let list = Command(
        "keys list", "show the keys that sign tokens", options: [ConnectorgenAuth.config],
        examples: [Example("connectorgen-auth keys list \(file)", "shows which key signs, and which come and go")])
    static let rotate = Command(
        "keys rotate", "make the next signing key before its time",
        discussion: [
            "The new key is published at once and signs six minutes later, when no copy of the old set is in use any "
                + "more. The old key stays published until all it signed has expired. Servers do this by themselves "
                + "every ninety days."
        ],
        options: [ConnectorgenAuth.config],
        examples: [Example("connectorgen-auth keys rotate \(file)", "makes a key and says from when on it signs")])
    static let revoke = Command(
        "keys revoke", "take a signing key out of use at once",
        discussion: [
            "Every access token that the key signed is refused within a minute, and the key leaves the published set. "
                + "Refresh tokens stay, so clients get new tokens by themselves."
        ],
        operands: [id], options: [ConnectorgenAuth.config],
        examples: [
            Example(
                "connectorgen-auth keys revoke M8X2… \(file)",
                "ends a key that may have been seen by others")
        ])

    static let all = [list, rotate, revoke]

    /// What the command prints.
    static func run(_ invocation: Invocation, _ config: RuntimeConfig) async throws(StartFailure) -> String {
        let terms = StartCheck.Terms(newKey: invocation.command == rotate, foreignKeys: true)
        guard let services = try await Services.open(config, terms: terms) else {
            throw refused("this deployment issues no tokens, so it has no keys")
        }
        do throws(StartFailure) {
            let text = try await run(invocation, services.signing, now: services.clock.now)
            await services.store.close()
            return text
        } catch {
            await services.store.close()
            throw error
        }
    }

    static func run(
        _ invocation: Invocation, _ signing: SigningKeys, now: UnixTime
    ) async throws(StartFailure) -> String {
        let outcome: (isDone: Bool, text: String)
        do throws(KeyFailure) {
            outcome =
                switch invocation.command {
                case rotate: try await rotated(signing, now: now)
                case revoke: try await revoked(invocation.operand(id) ?? "", signing, now: now)
                default: (true, table(try await signing.reload(now: now), now: now))
                }
        } catch {
            throw .environment("\(error)")
        }
        guard outcome.isDone else { throw refused(outcome.text) }
        return outcome.text
    }

    private static func rotated(
        _ signing: SigningKeys, now: UnixTime
    ) async throws(KeyFailure) -> (isDone: Bool, text: String) {
        var lines: [String] = []
        for algorithm in signing.algorithms {
            guard let id = try await signing.rotate(algorithm, now: now) else { continue }
            let start = signing.ring.keys.first { $0.id == id }?.activeFrom ?? now
            lines.append("made \(id) (\(algorithm.rawValue)), which signs from \(start.utc) on\n")
        }
        guard !lines.isEmpty else {
            return (false, "the last rotation is under way, or as many keys are published as may be: see keys list")
        }
        return (true, lines.joined())
    }

    private static func revoked(
        _ id: String, _ signing: SigningKeys, now: UnixTime
    ) async throws(KeyFailure) -> (isDone: Bool, text: String) {
        guard try await signing.revoke(id, now: now) else {
            return (false, "there is no key with this id, or it was revoked before: see keys list")
        }
        return (true, "revoked\n" + table(signing.ring, now: now))
    }

    /// One line for each key, oldest first for each algorithm.
    private static func table(_ ring: KeyRing, now: UnixTime) -> String {
        ring.keys.map { key in
            let end = key.retiresAt.map { ", ends \($0.utc)" } ?? ""
            return
                "\(key.id)  \(state(of: key, in: ring, now: now))  made \(key.createdAt.utc)\(end)  \(key.algorithm)\n"
        }.joined()
    }

    private static func state(of key: SigningKey, in ring: KeyRing, now: UnixTime) -> String {
        if let revoked = key.revokedAt { return "revoked \(revoked.utc)" }
        guard let member = ring.members.first(where: { $0.stored.id == key.id }) else { return "over" }
        if member.privateKey == nil { return "cannot be opened with this master key and issuer" }
        if ring.schedules.contains(where: { $0.signer(at: now)?.id == key.id }) { return "signs" }
        return now < key.activeFrom ? "signs from \(key.activeFrom.utc) on" : "kept"
    }

    private static func refused(_ text: String) -> StartFailure {
        StartFailure("\(ConnectorgenAuth.name): \(text)\n", .invalid)
    }
}

extension UnixTime {
    /// `2026-11-21T12:00:00Z`.
    var utc: String {
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let second = ((seconds % 86_400) + 86_400) % 86_400
        return "\(utcDate)T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }
}
