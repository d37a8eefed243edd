import CommandLineSyntax
import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import JSONSyntax

/// `routes SPEC --out DIR`: the nginx outputs alone.
enum RoutesCommand: RunnableCommand {
    static let command = Command(
        "routes", "regenerate the nginx outputs alone",
        discussion: ["The same as build --only nginx: every other output stays as it is."],
        operands: [SharedOptions.spec],
        options: SharedOptions.writing + SharedOptions.reading + SharedOptions.reporting,
        examples: [Example("connectorgen routes connector.yaml --out out", "rewrites out/nginx")])

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        try Build(invocation, on: host, only: ["nginx"], secrets: nil).run()
    }
}

/// `routes list SPEC`: what each URL is answered by.
enum RoutesListCommand: RunnableCommand {
    static let command = Command(
        "routes list", "list what answers each path of each host",
        discussion: ["The same whatever stands at the edge, and without any target."],
        operands: [SharedOptions.spec],
        options: SharedOptions.reading + SharedOptions.reporting,
        examples: [Example("connectorgen routes list connector.yaml", "the route table, with the lines of the spec")])

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let reporting = try Reporting(invocation, on: host)
        let input = try CompilationInput(invocation)
        let compilation = input.compile()
        guard !compilation.diagnostics.hasErrors, let plan = compilation.plan else {
            return reporting.result(
                of: input.diagnostics + compilation.diagnostics, from: compilation, status: .invalid)
        }
        let table = RouteTable(plan, sources: compilation.sources)
        guard reporting.format == .json else { return CommandResult(table.text) }
        return CommandResult(output: table.json.encoded(.pretty, finalNewline: true))
    }
}
