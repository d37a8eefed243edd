import CommandLineSyntax
import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import Diagnostics

/// `lint SPEC`: all findings of a spec; writes nothing.
enum LintAction: Action {
    static let command = Command(
        "lint", "check a spec and write nothing",
        discussion: [
            "Compiles the spec in memory and reports everything that is wrong or risky about it in one run. A spec that "
                + "does not compile exits 2; other findings at or above --fail-on exit 1.",
            "With --nginx the server blocks that are deployed are held against the spec: whether they have its hosts, "
                + "include what is generated, and answer nothing before it.",
        ],
        operands: [SharedOptions.spec],
        options: SharedOptions.reading + [SharedOptions.nginx, SharedOptions.templates, failOn]
            + SharedOptions.reporting,
        examples: [
            Example("connectorgen lint connector.yaml", "findings with the lines they are about"),
            Example("connectorgen lint --format sarif connector.yaml > lint.sarif", "the same for code scanning"),
            Example(
                "connectorgen lint connector.yaml --nginx sites/example.com.conf",
                "checks the server block that is deployed too"),
            Example("generate-spec | connectorgen lint - --stdin-filename connector.yaml", "reads standard input"),
        ])

    private static let failOn = Option.value(
        "fail-on", "SEVERITY", .choice(Severity.allCases.map(\.rawValue)),
        help: "the least severity that makes the exit status 1; error when not given")

    /// True for an error of the spec itself.
    static func preventsOutputs(_ diagnostics: [Diagnostic]) -> Bool {
        diagnostics.contains { $0.severity == .error && !RuleRegistry.isObserved($0.code) }
    }

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> Outcome {
        let reporting = try Reporting(invocation, on: host)
        var input = try CompilationInput(invocation)
        input.options.today = host.today
        let compilation = input.compile()
        let diagnostics = input.diagnostics + compilation.diagnostics
        let threshold = invocation.choice(failOn, as: Severity.self) ?? .error
        let status: ExitStatus =
            if Self.preventsOutputs(diagnostics) {
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
