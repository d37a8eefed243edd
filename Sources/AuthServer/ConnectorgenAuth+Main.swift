import CommandLineSyntax
import Diagnostics
import Glibc
import HTTPServer
import RuntimeConfig

/// The course of the command: it reads its config, serves, and ends when it is told to.
extension ConnectorgenAuth {
    /// How long requests in flight may take after the signal, in seconds.
    private static let drainSeconds = 10

    /// Runs with the arguments of the process and ends it.
    package static func main() -> Never {
        // A client or a reader of our output that has gone must not end the server.
        signal(SIGPIPE, SIG_IGN)
        // Nor must a limit on the size of files: the write that meets it fails, and the store says so.
        signal(SIGXFSZ, SIG_IGN)
        occupyStandardDescriptors()
        let signals = TerminationSignals.block()
        do throws(StartFailure) {
            guard let invocation = try parse() else { end(.clean) }
            if let text = try printout(invocation) {
                print(text, terminator: "")
                end(.clean)
            }
            let style = terminalStyle()
            if OperatorCommand.all.contains(invocation.command) { operate(invocation, style, until: signals) }
            let loaded = try load(invocation, style)
            if let key = loaded.config.key { try MasterKey.check(key) }
            if invocation.command == LoginCheck.command {
                run(until: signals) { () throws(StartFailure) in try await LoginCheck.run(loaded.config) }
            }
            if KeysCommand.all.contains(invocation.command) {
                run(until: signals) { () throws(StartFailure) in try await KeysCommand.run(invocation, loaded.config) }
            }
            let terms = StartCheck.Terms(newStore: invocation.flag(newStore))
            let pages = try PageDirectory.load(invocation.value(templates), issuer: loaded.config.issuer, style: style)
            if invocation.flag(check) {
                run(until: signals) { () throws(StartFailure) in
                    _ = try await StartCheck.run(loaded.config, terms: terms)
                    return "\(loaded.path): ok\n"
                }
            }
            let log = invocation.values(Self.log).contains("requests") ? RequestLog.standardError : .off
            try ThreadSupply.check()
            serve(loaded, pages: pages, terms: terms, log: log, until: signals.serving())
        } catch {
            end(error)
        }
    }

    /// Ends the process once what was said is written, or nobody reads it.
    private static func end(_ status: ExitStatus) -> Never {
        StandardError.flush()
        exit(status.rawValue)
    }

    private static func end(_ failure: StartFailure) -> Never {
        StandardError.write(failure.text)
        end(failure.status)
    }

    /// Ends the process at once, without what else there may be to put away.
    private static func endAtOnce(_ status: Int32) -> Never {
        StandardError.flush()
        _exit(status)
    }

    /// A process that was started with a standard stream closed would give that number to its next file, and its log
    /// would be written into the store.
    private static func occupyStandardDescriptors() {
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            guard (STDIN_FILENO...STDERR_FILENO).contains(descriptor) else {
                if descriptor >= 0 { close(descriptor) }
                return
            }
        }
    }

    /// What was asked for; nil for help and version, which are printed.
    private static func parse() throws(StartFailure) -> Invocation? {
        do throws(UsageError) {
            switch try program.parse(Array(CommandLine.arguments.dropFirst())) {
            case .help(let command):
                print(program.help(for: command), terminator: "")
                return nil
            case .version:
                print(program.versionLine)
                return nil
            case .run(let invocation):
                return invocation
            }
        } catch {
            throw StartFailure(error.text(program: name), .invalid)
        }
    }

    private static func load(
        _ invocation: Invocation, _ style: TerminalStyle
    ) throws(StartFailure) -> LoadedConfig {
        guard let path = invocation.value(config) else {
            let misuse = invocation.misuse("missing option --config FILE")
            throw StartFailure(misuse.text(program: name), .invalid)
        }
        return try LoadedConfig.load(path, style: style)
    }

    /// How reports look on this standard error.
    private static func terminalStyle() -> TerminalStyle {
        let names = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG"]
        let variables = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
        return TerminalStyle.decide(
            environment: Dictionary(uniqueKeysWithValues: variables), isTerminal: isatty(STDERR_FILENO) == 1)
    }

    /// Runs a command about what is stored on the concurrency pool; a signal ends it.
    private static func operate(
        _ invocation: Invocation, _ style: TerminalStyle, until signals: TerminationSignals
    ) -> Never {
        Task {
            do throws(StartFailure) {
                end(try await OperatorCommand.run(invocation, style: style))
            } catch {
                end(error)
            }
        }
        endAtOnce(128 + signals.wait())
    }

    /// Runs a command that serves nothing on the concurrency pool, and prints what it answers; a signal ends it.
    private static func run(
        until signals: TerminationSignals, _ command: @escaping @Sendable () async throws(StartFailure) -> String
    ) -> Never {
        Task {
            do throws(StartFailure) {
                print(try await command(), terminator: "")
                end(.clean)
            } catch {
                end(error)
            }
        }
        endAtOnce(128 + signals.wait())
    }

    /// Serves on the concurrency pool while this thread, the process's first, waits for signals.
    private static func serve(
        _ loaded: LoadedConfig, pages: Pages, terms: StartCheck.Terms, log: RequestLog,
        until signals: TerminationSignals
    ) -> Never {
        let app = Locked<AuthServerApp?>(nil)
        Task {
            do throws(StartFailure) {
                let started = try await AuthServerApp.start(loaded, pages: pages, terms: terms, log: log)
                let banner = StartupBanner(
                    loaded: loaded, publicAddress: started.publicAddress, privateAddress: started.privateAddress)
                app.withLock { $0 = started }
                StandardError.write(banner.text)
                StandardError.line("ready")
            } catch {
                end(error)
            }
        }
        while signals.wait() == SIGHUP {
            if let app = app.withLock({ $0 }) { Task { await app.reload() } }
        }
        guard let app = app.withLock({ $0 }) else {
            StandardError.line("stopped before it was ready")
            endAtOnce(ExitStatus.clean.rawValue)
        }
        StandardError.line("stopping")
        Task {
            await app.drain(deadline: .seconds(drainSeconds))
            StandardError.line("stopped")
            end(.clean)
        }
        // The drain keeps its own time; this bound is for a drain that does not.
        let deadline = ContinuousClock.now + .seconds(drainSeconds * 3)
        while let second = signals.wait(seconds: max(0, Int((deadline - .now) / .seconds(1)))) {
            if second != SIGHUP { endAtOnce(128 + second) }
        }
        StandardError.line("requests in flight could not be ended")
        endAtOnce(ExitStatus.environment.rawValue)
    }
}
