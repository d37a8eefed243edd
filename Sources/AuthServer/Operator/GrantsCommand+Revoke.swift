import CommandLineSyntax
import JSONSyntax
import OAuthStores

extension GrantsCommand {
    /// Grants that end in one commit: all of most selections, and few enough for others to wait for.
    private static let step = 20_000

    static func end(
        _ invocation: Invocation, _ selection: GrantSelection, _ store: OperatedStore
    ) async throws(StartFailure) -> ExitStatus {
        let isDry = invocation.flag(OperatorCommand.dryRun)
        let now = Clock.system.now
        let words = described(selection)
        let which = words.isEmpty ? "--all" : words.map { "--\($0) \($1)" }.joined(separator: " ")
        var ended = 0
        if isDry {
            ended = try await store.withStore { store throws(StoreFailure) in
                try await store.countGrants(selection, now: now)
            }
        } else {
            let act = store.act("grants revoke \(which)", now: now)
            var count: Int
            repeat {
                do throws(StartFailure) {
                    count = try await store.withStore { store throws(StoreFailure) in
                        try await store.revokeGrants(selection, limit: step, act: act, now: now)
                    }
                } catch {
                    guard ended > 0 else { throw error }
                    throw StartFailure(
                        "\(error.text)\(ConnectorgenAuth.name): \(ended) grants ended before\n", .environment)
                }
                ended += count
            } while count == step
        }
        let format = invocation.choice(OperatorCommand.format, as: RecordPrinter.Format.self) ?? .text
        switch format {
        case .json:
            let chosen = words.map { JSONMember($0.name, .string($0.value)) }
            let document = JSON.object([
                JSONMember("formatVersion", .int(1)), JSONMember("dryRun", .bool(isDry)),
                JSONMember("selected", .object(chosen)), JSONMember("grants", .int(ended)),
            ])
            try StandardOutput.write(String(decoding: document.encoded(.compact, finalNewline: true), as: UTF8.self))
        case .text:
            let verb = isDry ? "would end" : "ended"
            try StandardOutput.write("\(verb) \(OperatorCommand.count(ended, "grant")): \(which)\n")
        }
        return ended > 0 ? .clean : .nothing
    }
}
