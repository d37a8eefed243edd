import CommandLineSyntax
import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Glibc
import OAuthModel

/// One build: reads, compiles, holds the result against the output directory, and replaces it.
struct Build {
    private let reporting: Reporting
    private let host: Host
    private let location: OutputLocation
    private let tree: OutputTree
    private let only: [String]?
    private let secretSource: String?
    private let isCheck: Bool
    private let isDryRun: Bool
    private var input: CompilationInput

    init(_ invocation: Invocation, on host: Host, only: [String]?, secrets: String?) throws(CommandFailure) {
        reporting = try Reporting(invocation, on: host)
        guard let out = invocation.value(SharedOptions.out) else {
            throw .usage(invocation.misuse("option --out is needed: the output directory"))
        }
        let location = try CommandFailure.accessing { () throws(FileError) in try OutputLocation(out) }
        self.location = location
        tree = OutputTree(at: location, force: invocation.flag(SharedOptions.force))
        self.host = host
        self.only = only
        secretSource = secrets
        isCheck = invocation.flag(SharedOptions.check)
        isDryRun = invocation.flag(SharedOptions.dryRun)
        input = try CompilationInput(invocation)
    }

    consuming func run() throws(CommandFailure) -> CommandResult {
        do throws(FileError) {
            return try finish()
        } catch {
            throw .environment(error)
        }
    }

    private mutating func finish() throws(FileError) -> CommandResult {
        while true {
            if let outcome = try attempt() { return outcome }
        }
    }

    /// Nil when another build replaced what `--only` takes over, between reading it and writing.
    private mutating func attempt() throws(FileError) -> CommandResult? {
        if let only {
            let records = try tree.records()
            input.options.only = only
            input.options.previousLock = records.lock
            input.options.previousMap = records.map
        }
        var compilation = input.compile()
        var missing: [Diagnostic] = []
        if let secretSource, let plan = compilation.plan {
            missing = try addSecrets(from: secretSource, for: plan)
            compilation = input.compile()
        }
        var diagnostics = input.diagnostics + compilation.diagnostics
        if diagnostics.hasErrors {
            return outcome(diagnostics, compilation, LintCommand.preventsOutputs(diagnostics) ? .invalid : .findings)
        }
        diagnostics += missing
        if diagnostics.hasErrors { return outcome(diagnostics, compilation, .findings) }

        let request = OutputRequest(
            artifacts: compilation.artifacts, only: only, previousLock: input.options.previousLock)
        let changes =
            if isCheck || isDryRun {
                try tree.compare(request, waiting: tellWaiting)
            } else {
                try tree.write(request, waiting: tellWaiting)
            }
        if changes.isOutdated { return nil }
        diagnostics += changes.diagnostics
        let isStale = changes.diagnostics.hasErrors || isCheck && !changes.isEmpty
        return outcome(diagnostics, compilation, isStale ? .findings : .clean, changes)
    }

    /// Looks up the secrets that env files ask for. A reference to a file is read from that file, whatever the source.
    /// Single ones that are missing are told by the env backend, at their variables; here, that there are none at all.
    private mutating func addSecrets(from source: String, for plan: DeploymentPlan) throws(FileError) -> [Diagnostic] {
        let references = Set(plan.environment.flatMap(\.variables).compactMap(\.secret))
        let given = source == "env" ? nil : try input.readSecrets(from: source)
        for reference in references {
            let value: String?
            switch reference {
            case .environment(let name): value = given.map { $0[name.text] } ?? host.variable(name.text)
            case .file(let path): value = try readSecretFile(path)
            }
            if let value, !value.isEmpty { input.options.secrets[reference.description] = value }
        }
        guard input.options.secrets.isEmpty, !references.isEmpty else { return [] }
        let names = references.map(\.description).sorted().joined(separator: ", ")
        return [
            Diagnostic(
                .secretMissing, .error, "no secret has a value: \(names)", at: nil,
                help: "set them, or build without --secrets and leave references")
        ]
    }

    /// The text of a file without the line end behind it; nil when there is no such file here.
    private func readSecretFile(_ path: String) throws(FileError) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        var bytes = try OpenFile.reading(path).readAll(atMost: 1 << 16)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self)
    }

    private func tellWaiting() {
        if !reporting.isQuiet { StandardStreams.writeNotice("waiting for another build beside \(location.path)\n") }
    }

    private func outcome(
        _ diagnostics: [Diagnostic], _ compilation: Compilation, _ status: ExitStatus, _ changes: OutputChanges? = nil
    ) -> CommandResult {
        let summary = changes.map { ChangeSummary($0, location: location, isTrial: isCheck || isDryRun) }
        var outcome = reporting.result(
            of: diagnostics, from: compilation, status: status, secrets: input.secrets,
            notices: summary.map(\.total) ?? "")
        outcome.remains = [input, compilation]
        if let summary, isCheck || isDryRun {
            // A report for programs stays alone on standard output.
            if reporting.format.isForMachines {
                outcome.notices = summary.lines + outcome.notices
            } else {
                outcome.output += Array(summary.lines.utf8)
            }
        }
        return outcome
    }
}

extension EnvironmentVariable {
    /// Where the value is found, where it is a secret.
    fileprivate var secret: SecretReference? {
        if case .secret(let reference) = value { reference } else { nil }
    }
}
