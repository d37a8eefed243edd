import CommandLineSyntax

/// One command: its row in the table, and what it does. One type and one file each.
protocol RunnableCommand: Sendable {
    static var command: Command { get }

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult
}

/// All commands, in the order of the help page.
enum RunnableCommands {
    static let all: [any RunnableCommand.Type] = [
        BuildCommand.self, PlanCommand.self, LintCommand.self, RoutesCommand.self, RoutesListCommand.self,
        RoutesTraceCommand.self, DoctorCommand.self, ExplainCommand.self, SchemaCommand.self, CompletionCommand.self,
        ManCommand.self,
    ]
}
