import CommandLineSyntax
import Diagnostics
import Glibc
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import SQLite

/// Commands about what is stored, for operators: beside a server that runs, on the same store, and without any of its
/// secrets, so that they work in a shell that has not the environment of the service. A server that runs asks the store
/// about each token, so what ends here is over at once.
enum OperatorCommand {
    static let all = GrantsCommand.all + ClientsCommand.all

    static let format = Option.value(
        "format", "FORMAT", .choice(RecordPrinter.Format.allCases.map(\.rawValue)),
        help: "text for people (the default), json for programs")
    static let dryRun = Option.flag("dry-run", help: "say what would end, and change nothing")
    static let configOption = "--config out/runtime/connectorgen-auth.json"

    /// Runs the command; the status says whether it found what it was to end.
    static func run(_ invocation: Invocation, style: TerminalStyle) async throws(StartFailure) -> ExitStatus {
        guard let path = invocation.value(ConnectorgenAuth.config) else {
            throw misuse(invocation, "missing option --config FILE")
        }
        let place = try OperatedStore.Place(config: path, style: style)
        let isAboutGrants = GrantsCommand.all.contains(invocation.command)
        // What is wrong with the command line is said before anything is opened.
        let selection = isAboutGrants ? try GrantsCommand.selection(invocation, place.config) : nil
        let store = try await place.open()
        do throws(StartFailure) {
            let status: ExitStatus
            if let selection {
                status = try await GrantsCommand.run(invocation, selection, store)
            } else {
                status = try await ClientsCommand.run(invocation, store)
            }
            await store.close()
            return status
        } catch {
            await store.close()
            throw error
        }
    }

    static func misuse(_ invocation: Invocation, _ line: String) -> StartFailure {
        StartFailure(invocation.misuse(line).text(program: ConnectorgenAuth.name), .invalid)
    }

    static func refused(_ line: String) -> StartFailure {
        StartFailure("\(ConnectorgenAuth.name): \(line)\n", .invalid)
    }

    static func printer(_ invocation: Invocation, _ member: String, _ columns: [RecordPrinter.Column]) -> RecordPrinter
    {
        RecordPrinter(
            invocation.choice(format, as: RecordPrinter.Format.self) ?? .text, member: member, columns: columns,
            width: StandardOutput.columns)
    }

    /// `1 grant`, `3 grants`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

/// The store of a deployment, opened by its config.
struct OperatedStore: Sendable {
    /// Where it is, before it is opened.
    struct Place: Sendable {
        let config: RuntimeConfig
        /// As it was given on the command line.
        let path: String
        let bytes: [UInt8]

        init(config path: String, style: TerminalStyle) throws(StartFailure) {
            (config, bytes) = try LoadedConfig.decode(path, style: style)
            self.path = path
        }

        /// Opens what is there; a store that a server has not made yet is not made by a command.
        func open() async throws(StartFailure) -> OperatedStore {
            guard config.mode != .external, let place = config.store else {
                throw OperatorCommand.refused("this deployment issues no tokens, so it has neither grants nor clients")
            }
            guard case .sqlite(let file) = place else { throw StartCheck.noPostgres }
            do throws(SystemFile.Failure) {
                _ = try SystemFile.identity(file)
            } catch {
                throw .environment("cannot open the store \(DisplayText.escaped(file)): \(error.reason)")
            }
            do throws(StoreFailure) {
                let store = try await SQLiteOAuthStore.open(DatabaseFile(path: file))
                return OperatedStore(config: config, configPath: path, configBytes: bytes, store: store)
            } catch {
                throw .environment("cannot open the store \(DisplayText.escaped(file)): \(error)")
            }
        }
    }

    let config: RuntimeConfig
    let configPath: String
    let configBytes: [UInt8]
    let store: any OAuthStore

    func close() async { await store.close() }

    /// Asks the store; a failure ends the command.
    func withStore<Value: Sendable>(
        _ ask: (any OAuthStore) async throws(StoreFailure) -> Value
    ) async throws(StartFailure) -> Value {
        do throws(StoreFailure) { return try await ask(store) } catch { throw .environment("\(error)") }
    }

    /// For the record: the words of the command, as they were understood.
    func act(_ command: String, now: UnixTime) -> OperatorAct {
        OperatorAct(at: now, actor: "uid \(getuid())", command: command)
    }
}
