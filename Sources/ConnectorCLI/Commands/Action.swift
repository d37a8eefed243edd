import CommandLineSyntax

/// One command: its row in the table, and what it does. One type and one file each.
protocol Action: Sendable {
    static var command: Command { get }

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> Outcome
}

/// All commands, in the order of the help page.
enum Actions {
    static let all: [any Action.Type] = [
        BuildAction.self, LintAction.self, RoutesAction.self, RoutesListAction.self, ExplainAction.self,
        SchemaAction.self,
        CompletionAction.self, ManAction.self,
    ]
}
