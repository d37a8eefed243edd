package import CommandLineSyntax
import Diagnostics

extension ConnectorgenAuth {
    static let config = Option.value("config", short: "c", "FILE", .file, help: "the runtime config to serve")
    static let check = Option.flag("check", help: "say whether the server would start with the config, and exit")
    static let newStore = Option.flag(
        "new-store", help: "begin with an empty store, though the key of one is there")
    static let templates = Option.value(
        "templates", "DIR", .directory, help: "take the pages from DIR/pages where it has them")
    static let log = Option.repeated("log", "WHAT", .choice(["requests"]), help: "write JSON lines to standard error")

    private static let shell = Operand(
        "SHELL", .required, .choice(CompletionShell.allCases.map(\.rawValue)),
        help: "the shell that will read the script")
    private static let completion = Command(
        "completion", "print a completion script for a shell", operands: [shell],
        examples: [
            Example(
                "connectorgen-auth completion bash > ~/.local/share/bash-completion/completions/connectorgen-auth",
                "completes options and files in new bash shells")
        ])
    private static let manual = Command(
        "man", "print the manual pages",
        examples: [Example("connectorgen-auth man | man -l -", "reads the manual")])

    /// What a command prints that serves nothing; nil for the one that serves.
    static func printout(_ invocation: Invocation) throws(StartFailure) -> String? {
        switch invocation.command {
        case HashPassword.command: try HashPassword.run(invocation)
        case completion:
            invocation.operand(shell).flatMap(CompletionShell.init).map(program.completionScript)
        case manual: program.manualPages(date: Product.releaseDate).map(\.text).joined()
        default: nil
        }
    }

    /// The table that parser, help, completions and manual page are read from.
    package static var program: CommandLineProgram {
        CommandLineProgram(
            name: name,
            summary: "serve what the runtime config of connectorgen says",
            version: Product.version,
            discussion: [
                "Reads the runtime config that connectorgen build writes, checks it and the secrets it refers to, prints "
                    + "the identity it serves, and is the OAuth authorization server of the deployment behind nginx: "
                    + "sign-in and consent, registration, tokens, metadata, health, and the answer to nginx's "
                    + "auth_request. On SIGTERM or SIGINT it finishes the requests in flight, for at most ten seconds, "
                    + "and exits 0. A second signal ends it at once. SIGHUP reads the users file again; SIGUSR1 and SIGUSR2 "
                    + "are ignored."
            ],
            defaultCommand: Command(
                "serve", "serve what the runtime config of connectorgen says",
                options: [config, check, newStore, templates, log]),
            commands: OperatorCommand.all + KeysCommand.all + [
                LoginCheck.command, HashPassword.command, completion, manual,
            ],
            exitCodes: [
                .init(ExitStatus.clean.rawValue, "stopped as asked, or --check found nothing"),
                .init(ExitStatus.nothing.rawValue, "nothing was found of what was to be revoked"),
                .init(
                    ExitStatus.invalid.rawValue,
                    "a command line that means nothing, a config that is not valid, or a secret or key that is not the "
                        + "right one"),
                .init(ExitStatus.environment.rawValue, "a file, the store or an address failed"),
            ],
            environment: [.init("NO_COLOR", "not empty: no colour")],
            examples: [
                Example(
                    "connectorgen-auth --config out/runtime/connectorgen-auth.json", "serves until it is told to stop"),
                Example(
                    "connectorgen-auth --config out/runtime/connectorgen-auth.json --check",
                    "says on the machine that will serve what a start would say of config, secrets, key and store"),
            ])
    }
}
