import CommandLineSyntax
import ConnectorBackends
import ConnectorCompiler
import Diagnostics

/// `lint SPEC`: all findings of a spec; writes nothing.
enum LintAction: Action {
    static let command = Command(
        "lint", "check a spec and write nothing",
        discussion: [
            "Compiles the spec in memory and reports everything that is wrong or risky about it in one run. A spec that "
                + "does not compile exits 2; other findings at or above --fail-on exit 1."
        ],
        operands: [SharedOptions.spec],
        options: SharedOptions.reading + [SharedOptions.templates, failOn] + SharedOptions.reporting,
        examples: [
            Example("connectorgen lint connector.yaml", "findings with the lines they are about"),
            Example("connectorgen lint --format sarif connector.yaml > lint.sarif", "the same for code scanning"),
            Example("generate-spec | connectorgen lint - --stdin-filename connector.yaml", "reads standard input"),
        ])

    private static let failOn = Option.value(
        "fail-on", "SEVERITY", .choice(Severity.allCases.map(\.rawValue)),
        help: "the least severity that makes the exit status 1; error when not given")

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> Outcome {
        let reporting = try Reporting(invocation, on: host)
        var input = try CompilationInput(invocation)
        input.options.today = host.today
        let compilation = input.compile()
        let diagnostics = input.diagnostics + compilation.diagnostics
        let threshold = invocation.choice(failOn, as: Severity.self) ?? .error
        let status: ExitStatus =
            if diagnostics.hasErrors {
                .invalid
            } else if diagnostics.contains(where: { $0.severity <= threshold }) {
                .findings
            } else {
                .clean
            }
        return reporting.outcome(
            of: diagnostics, from: compilation, status: status,
            secrets: input.secrets,
            notices: diagnostics.isEmpty ? "\(input.spec.path): no findings\n" : "")
    }
}
