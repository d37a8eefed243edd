import CommandLineSyntax
import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import Diagnostics
import OAuthModel
import ObservedFiles

/// `lint SPEC...`: all findings of specs, each by itself and beside the others; writes nothing.
enum LintCommand: RunnableCommand {
    private static let specs = Operand(
        "SPEC", .oneOrMore, .file,
        help: "the spec, connector.yaml; - reads standard input. Several share a machine or a host")

    static let command = Command(
        "lint", "check specs, and with --fix repair what is safe to repair",
        discussion: [
            "Compiles each spec in memory and reports everything that is wrong or risky about it in one run. A spec that "
                + "does not compile exits 2; other findings at or above --fail-on exit 1.",
            "Specs that stand together are checked against each other too: URLs and the root of hosts that they share, "
                + "addresses that their servers listen on, stores and folders, client ids, names.",
            "With --nginx the server blocks that are deployed are held against each spec: whether they have its hosts, "
                + "include what is generated, and answer nothing before it.",
            "With --env what deployed files give a process is held against each spec, and against each other: values "
                + "that are missing, empty, different, overridden or read by nobody. Files that they load are read too "
                + "where they lie beside them. DIALECT says what a file is where its name does not: "
                + DeployedFileKind.allWords.joined(separator: ", ") + ".",
            "With --fix what has one safe repair is repaired in place, in the spec and in deployed env files: every other "
                + "byte stays, secrets are never written, and a file that changed in the meantime is left alone. "
                + "--unsafe-fixes makes those too that need a look. What is left is reported as always.",
            "With --diff the same is printed as a unified diff and nothing is written; the exit status is 1 when there is "
                + "something to fix.",
            "With --keycloak a realm as it is, exported or seen by status.sh --json, is held against each spec: what is "
                + "missing, was changed or added by hand, belongs to others or to nobody any more.",
        ],
        operands: [specs],
        options: SharedOptions.reading + [
            SharedOptions.env, SharedOptions.nginx, SharedOptions.keycloak, SharedOptions.templates, failOn, fix,
            unsafeFixes, diff,
        ]
            + SharedOptions.reporting,
        examples: [
            Example("connectorgen lint connector.yaml", "findings with the lines they are about"),
            Example("connectorgen lint search.yaml files.yaml", "also what the two have in common and may not"),
            Example("connectorgen lint --format sarif connector.yaml > lint.sarif", "the same for code scanning"),
            Example(
                "connectorgen lint connector.yaml --nginx sites/example.com.conf",
                "checks the server block that is deployed too"),
            Example(
                "connectorgen lint connector.yaml --env deploy/.env --env ecosystem.config.js",
                "checks what the process gets: PM2 wins over the env file"),
            Example(
                "connectorgen lint connector.yaml --keycloak realm-export.json",
                "what in the realm is not as the spec has it, with both places"),
            Example(
                "connectorgen lint connector.yaml --env deploy/.env --diff",
                "what --fix would change, as a unified diff"),
            Example("generate-spec | connectorgen lint - --stdin-filename connector.yaml", "reads standard input"),
        ])

    private static let failOn = Option.value(
        "fail-on", "SEVERITY", .choice(Severity.allCases.map(\.rawValue)),
        help: "the least severity that makes the exit status 1; error when not given")

    /// True for an error of the spec itself.
    static func preventsOutputs(_ diagnostics: [Diagnostic]) -> Bool {
        diagnostics.contains { $0.severity == .error && !RuleRegistry.isObserved($0.code) }
    }

    private static let fix = Option.flag("fix", help: "make the fixes that are safe, in the files themselves")
    private static let unsafeFixes = Option.flag(
        "unsafe-fixes", help: "with --fix or --diff: also the fixes that need a look")
    private static let diff = Option.flag("diff", help: "write nothing; print what --fix would change")

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let reporting = try Reporting(invocation, on: host)
        let isTrial = invocation.flag(diff)
        let isFixing = invocation.flag(fix) || isTrial
        if invocation.flag(unsafeFixes), !isFixing {
            throw .usage(invocation.misuse("option --unsafe-fixes goes with --fix or --diff"))
        }
        if isFixing, !isTrial, invocation.operands(specs).contains("-") {
            throw .usage(invocation.misuse("standard input cannot be fixed in place: name the file, or use --diff"))
        }
        var group = LintedSpecs()
        for path in invocation.operands(specs) { try group.add(path, invocation, today: host.today) }
        guard isFixing else { return report(group, reporting, invocation) }
        let run = FixRun(group, includingUnsafe: invocation.flag(unsafeFixes))
        guard isTrial else {
            try CommandFailure.accessing { () throws(FileError) in try run.write() }
            var result = report(run.after, reporting, invocation)
            if !reporting.isQuiet { result.notices = run.summary(isTrial: false) + result.notices }
            return result
        }
        return trial(run, group, reporting, invocation)
    }

    /// The difference for people; a report for programs, which has the fixes of every finding, stays alone on standard
    /// output. Nothing was written, so the findings stand.
    private static func trial(
        _ run: FixRun, _ group: LintedSpecs, _ reporting: Reporting, _ invocation: Invocation
    ) -> CommandResult {
        var result = report(group, reporting, invocation, atLeast: run.isEmpty ? .clean : .findings)
        let summary = reporting.isQuiet ? "" : run.summary(isTrial: true)
        if reporting.format.isForMachines {
            result.notices = String(decoding: run.diff, as: UTF8.self) + summary
        } else {
            result.output = run.diff
            result.notices = summary
        }
        return result
    }

    private static func report(
        _ group: LintedSpecs, _ reporting: Reporting, _ invocation: Invocation, atLeast least: ExitStatus = .clean
    ) -> CommandResult {
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
            of: diagnostics, from: group.compilation, status: max(status, least), secrets: group.secrets,
            notices: diagnostics.isEmpty ? notices : "")
    }
}
