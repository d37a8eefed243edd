package import CommandLineSyntax
import Diagnostics
import Glibc

/// The command `connectorgen`: reads the command line, runs one command, prints what it has to say, and ends.
package enum Connectorgen {
    /// The table that parser, help, completions and manual pages are read from.
    package static var program: CommandLineProgram {
        CommandLineProgram(
            name: Product.name,
            summary: "compile one spec into everything an MCP connector deployment needs",
            version: Product.version,
            discussion: [
                "Reads a spec, connector.yaml, and writes nginx locations, env files, Keycloak scripts and the runtime "
                    + "config of the bundled authorization server, which all agree with each other; or says, with line "
                    + "and column, why they cannot."
            ],
            commands: RunnableCommands.all.map { $0.command },
            exitCodes: [
                .init(ExitStatus.clean.rawValue, "clean"),
                .init(ExitStatus.findings.rawValue, "findings, or with --check a difference"),
                .init(
                    ExitStatus.invalid.rawValue, "a command line that means nothing, or a spec that does not compile"),
                .init(ExitStatus.environment.rawValue, "a file, the disk or a stream failed"),
            ],
            environment: [
                .init("CONNECTORGEN_FORMAT", "how findings are printed when --format is not given"),
                .init("GITHUB_ACTIONS", "true selects --format github when no format is given"),
                .init("NO_COLOR", "not empty: no colour"),
                .init("CLICOLOR_FORCE", "not empty and not 0: colour, also without a terminal"),
                .init("COLUMNS", "the width that help and findings are laid out for"),
                .init(
                    "SOURCE_DATE_EPOCH", "seconds since 1970 that stand for the time of day, in findings about dates"),
            ],
            examples: [
                Example("connectorgen build connector.yaml --out out", "compiles a deployment into out/"),
                Example("connectorgen lint connector.yaml", "checks the spec and writes nothing"),
                Example("connectorgen explain connector.yaml:issuer.url", "shows a value, its origin and its reach"),
            ])
    }

    /// Runs with the arguments of the process and ends it.
    package static func main() -> Never {
        StandardStreams.prepare()
        do throws(CommandFailure) {
            let result = try perform(Array(CommandLine.arguments.dropFirst()), on: .current)
            try deliver(result)
            withExtendedLifetime(result) { exit(result.status.rawValue) }
        } catch {
            exit(tell(error).rawValue)
        }
    }

    private static func tell(_ failure: CommandFailure) -> ExitStatus {
        switch failure {
        case .usage(let usage):
            StandardStreams.writeNotice(usage.text(program: Product.name))
            return .invalid
        case .environment(let failure):
            StandardStreams.writeNotice("\(Product.name): \(failure)\n")
            return .environment
        }
    }

    private static func perform(_ arguments: [String], on host: Host) throws(CommandFailure) -> CommandResult {
        let request = try CommandFailure.parsing { () throws(UsageError) in try program.parse(arguments) }
        switch request {
        case .help(let command): return CommandResult(program.help(for: command, columns: host.width))
        case .version: return CommandResult(program.versionLine + "\n")
        case .run(let invocation):
            guard let action = RunnableCommands.all.first(where: { $0.command == invocation.command }) else {
                return CommandResult()
            }
            return try action.run(invocation, on: host)
        }
    }

    private static func deliver(_ result: CommandResult) throws(CommandFailure) {
        if !result.output.isEmpty {
            try CommandFailure.accessing { () throws(FileError) in try StandardStreams.writeOutput(result.output) }
        }
        if !result.notices.isEmpty { StandardStreams.writeNotice(result.notices) }
    }
}
