import CommandLineSyntax
import ConnectorChecks
import ConnectorCompiler
import Diagnostics
import OAuthModel

/// Specs of one run, each compiled by itself, and held against each other.
struct LintedSpecs: Sendable {
    private var inputs: [CompilationInput] = []
    private var compilations: [Compilation] = []

    mutating func add(_ path: String, _ invocation: Invocation, today: CalendarDate?) throws(CommandFailure) {
        var input = try CompilationInput(spec: path, invocation, after: inputs.last)
        input.options.today = today
        inputs.append(input)
        compilations.append(input.compile())
    }

    /// The same with other bytes of some files.
    func replacing(_ contents: [FileID: [UInt8]]) -> LintedSpecs {
        guard !contents.isEmpty else { return self }
        var changed = self
        changed.inputs = inputs.map { $0.replacing(contents) }
        changed.compilations = changed.inputs.map { $0.compile() }
        return changed
    }

    var paths: [String] { inputs.map(\.spec.path) }
    var secrets: [Span] { inputs.flatMap(\.secrets) }
    /// All files of the run.
    var sources: SourceMap { inputs.last?.sources ?? SourceMap() }

    /// Of each by itself.
    var found: [Diagnostic] { zip(inputs, compilations).flatMap { $0.diagnostics + $1.diagnostics } }

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

    /// Where a file has secrets, whatever found them.
    func secretRanges(in file: FileID) -> [Range<Int>] {
        (secrets + compilations.flatMap(\.secrets) + Report.secrets(in: sources)).filter { $0.file == file }
            .map { $0.start..<$0.end }
    }
}
