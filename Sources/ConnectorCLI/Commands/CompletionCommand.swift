import CommandLineSyntax

/// `completion SHELL`: a completion script on standard output.
enum CompletionCommand: RunnableCommand {
    private static let shell = Operand(
        "SHELL", .required, .choice(CompletionShell.allCases.map(\.rawValue)),
        help: "the shell that will read the script")

    static let command = Command(
        "completion", "print a completion script for a shell",
        operands: [shell],
        examples: [
            Example(
                "connectorgen completion bash > ~/.local/share/bash-completion/completions/connectorgen",
                "completes commands, options and files in new bash shells")
        ])

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let name = try CommandFailure.parsing { () throws(UsageError) in try invocation.required(shell) }
        guard let kind = CompletionShell(rawValue: name) else {
            throw .usage(invocation.misuse("unknown shell \(name)"))
        }
        return CommandResult(Connectorgen.program.completionScript(for: kind))
    }
}
