import CommandLineSyntax
import ConnectorBackends
import ConnectorCompiler
import Diagnostics

/// How one run tells its findings: form, colours, width, and how much else is said.
struct Reporting: Sendable {
    let format: OutputFormat
    let style: TerminalStyle
    let isQuiet: Bool

    /// `--format`, else `CONNECTORGEN_FORMAT`, else github in a GitHub workflow, else human.
    init(_ invocation: Invocation, on host: Host) throws(CommandFailure) {
        if let format = invocation.choice(SharedOptions.format, as: OutputFormat.self) {
            self.format = format
        } else if let name = host.variable("CONNECTORGEN_FORMAT"), !name.isEmpty {
            guard let format = OutputFormat(rawValue: name) else {
                let known = OutputFormat.allCases.map(\.rawValue)
                throw .usage(
                    invocation.misuse(
                        "CONNECTORGEN_FORMAT is not a format; expected one of \(known.joined(separator: ", "))"))
            }
            self.format = format
        } else {
            format = host.variable("GITHUB_ACTIONS") == "true" ? .github : .human
        }
        var environment: [String: String] = [:]
        for name in Reporting.styleVariables { environment[name] = host.variable(name) }
        style = TerminalStyle.decide(
            colorOption: invocation.choice(SharedOptions.color, as: TerminalStyle.ColorOption.self) ?? .auto,
            environment: environment, isTerminal: host.isOutputTerminal,
            columns: host.isOutputTerminal || host.variable("COLUMNS") != nil ? host.width : nil)
        isQuiet = invocation.flag(SharedOptions.quiet)
    }

    /// A report as an result. Forms for machines are written even when there is nothing to tell.
    func result(
        of diagnostics: [Diagnostic], from compilation: Compilation, status: ExitStatus, secrets: [Span] = [],
        notices: String = ""
    ) -> CommandResult {
        var result = CommandResult(notices: isQuiet ? "" : notices, status: status)
        if format.isForMachines || !diagnostics.isEmpty {
            let report = Report(
                diagnostics: diagnostics, sources: compilation.sources, exitCode: status.rawValue,
                suppressed: compilation.suppressed, secrets: compilation.secrets + secrets)
            result.output = report.render(format, style: style)
        }
        return result
    }

    private static let styleVariables = [
        "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG",
    ]
}
