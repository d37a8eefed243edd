import CommandLineSyntax
import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import Diagnostics
import OAuthModel

/// `lint SPEC...`: all findings of specs, each by itself and beside the others; writes nothing.
enum LintCommand: RunnableCommand {
    private static let specs = Operand(
        "SPEC", .oneOrMore, .file,
        help: "the spec, connector.yaml; - reads standard input. Several share a machine or a host")

    static let command = Command(
        "lint", "check specs and write nothing",
        discussion: [
            "Compiles each spec in memory and reports everything that is wrong or risky about it in one run. A spec that "
                + "does not compile exits 2; other findings at or above --fail-on exit 1.",
            "Specs that stand together are checked against each other too: URLs and the root of hosts that they share, "
                + "addresses that their servers listen on, stores and folders, client ids, names.",
            "With --nginx the server blocks that are deployed are held against each spec: whether they have its hosts, "
                + "include what is generated, and answer nothing before it.",
        ],
        operands: [specs],
        options: SharedOptions.reading + [SharedOptions.nginx, SharedOptions.templates, failOn]
            + SharedOptions.reporting,
        examples: [
            Example("connectorgen lint connector.yaml", "findings with the lines they are about"),
            Example("connectorgen lint search.yaml files.yaml", "also what the two have in common and may not"),
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

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let reporting = try Reporting(invocation, on: host)
        var group = LintedSpecs()
        for path in invocation.operands(specs) { try group.add(path, invocation, today: host.today) }
        let diagnostics = group.diagnostics
        let threshold = invocation.choice(failOn, as: Severity.self) ?? .error
        let status: ExitStatus =
            if Self.preventsOutputs(group.found) {
                .invalid
            } else if diagnostics.contains(where: { $0.severity <= threshold }) {
                .findings
            } else {
                .clean
            }
        let notices = group.paths.map { "\($0): no findings\n" }.joined()
        return reporting.result(
            of: diagnostics, from: group.compilation, status: status, secrets: group.secrets,
            notices: diagnostics.isEmpty ? notices : "")
    }
}

/// Specs of one run, each compiled by itself.
private struct LintedSpecs {
    private(set) var paths: [String] = []
    private(set) var secrets: [Span] = []
    /// Of each by itself.
    private(set) var found: [Diagnostic] = []
    private var inputs: [CompilationInput] = []
    private var compilations: [Compilation] = []

    mutating func add(_ path: String, _ invocation: Invocation, today: CalendarDate?) throws(CommandFailure) {
        var input = try CompilationInput(spec: path, invocation, after: inputs.last)
        input.options.today = today
        let compilation = input.compile()
        found += input.diagnostics + compilation.diagnostics
        secrets += input.secrets
        paths.append(input.spec.path)
        inputs.append(input)
        compilations.append(compilation)
    }

    /// Of each, and of them together.
    var diagnostics: [Diagnostic] {
        guard compilations.count > 1 else { return found }
        return (found.filter { !isNeededElsewhere($0) } + Neighbours.findings(among: compilations.compactMap(\.plan)))
            .arranged
    }

    /// A comment in a file that all specs are held against allows nothing only where none of them needs it.
    private func isNeededElsewhere(_ finding: Diagnostic) -> Bool {
        guard finding.code == .unusedSuppression, let file = finding.primary?.span.file,
            inputs.last?.observed.contains(file) == true
        else { return false }
        return compilations.contains { !$0.diagnostics.contains(finding) }
    }

    /// What reports need to know of all of them.
    var compilation: Compilation { Compilation(reporting: compilations) }
}
