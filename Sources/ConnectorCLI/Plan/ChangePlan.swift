import CommandLineSyntax
import ConnectorBackends
import ConnectorChanges
import ConnectorCompiler
import ConnectorPlan
import Diagnostics

/// One plan: reads both sides, compiles what can be compiled, and says what differs.
struct ChangePlan {
    struct Answer {
        let result: CommandResult
        /// True when there is something to deploy.
        let isChange: Bool
    }

    private let reporting: Reporting
    private let current: SourceFile
    private let against: String
    private let baseline: PlanBaseline
    private let old: CompilationInput?
    private let new: CompilationInput

    init(_ invocation: Invocation, on host: Host) throws(CommandFailure) {
        reporting = try Reporting(invocation, on: host)
        let path = try CommandFailure.parsing { () throws(UsageError) in try invocation.required(SharedOptions.spec) }
        let name = invocation.value(SharedOptions.stdinFilename)
        let file = try CommandFailure.accessing { () throws(FileError) in
            try SourceFile(spec: path, stdinFilename: name)
        }
        let given = invocation.value(PlanCommand.against)
        let base = given ?? Self.outputDirectory(beside: file.path)
        (current, against) = (file, base)
        baseline = try CommandFailure.accessing { () throws(FileError) in
            try PlanBaseline(base, isGiven: given != nil, current: file)
        }
        var earlier: CompilationInput?
        if let spec = baseline.spec { earlier = try CompilationInput(of: spec, invocation) }
        old = earlier
        new = try CompilationInput(of: file, invocation, after: earlier)
    }

    private static func outputDirectory(beside spec: String) -> String {
        guard let slash = spec.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "out" }
        return spec[...slash] + "out"
    }

    func answer(_ format: PlanCommand.Format) -> Answer {
        let after = new.compile()
        let diagnostics = new.diagnostics + after.diagnostics
        guard let plan = after.plan, !diagnostics.hasErrors else {
            return Answer(result: reporting.result(of: diagnostics, from: after, status: .invalid), isChange: false)
        }
        let before = old?.compile()
        let compiled = before.flatMap { $0.diagnostics.hasErrors ? nil : $0 }
        if case .spec(let file) = baseline, compiled == nil, let before {
            let notice =
                "\(file.path) does not compile with this version; compare with an output directory instead\n"
            return Answer(
                result: reporting.result(of: before.diagnostics, from: before, status: .invalid, notices: notice),
                isChange: false)
        }
        let report = ChangeReport(
            spec: current.path, against: against, from: known(compiled), oldPlan: compiled?.plan,
            to: KnownOutputs(after, spec: current.bytes, sourceName: plan.sourceName), newPlan: plan,
            isFirst: baseline.isNothing, sources: after.sources)
        let output: [UInt8] =
            switch format {
            case .text: Array(report.text.utf8)
            case .markdown: Array(report.markdown.utf8)
            case .json: report.json
            }
        return Answer(result: CommandResult(output: output), isChange: !report.isEmpty)
    }

    /// The outputs of the old side; what a lock knows by its digest alone is taken from the spec that they were made from.
    private func known(_ compiled: Compilation?) -> KnownOutputs {
        let made = old.flatMap { old in
            compiled.flatMap { compiled in
                compiled.plan.map { KnownOutputs(compiled, spec: old.spec.bytes, sourceName: $0.sourceName) }
            }
        }
        switch baseline {
        case .nothing: return .none
        case .spec: return made ?? .none
        case .outputs(let outputs, _): return made.map(outputs.completed) ?? outputs
        }
    }
}

extension PlanBaseline {
    /// The spec on the old side, where it is known.
    fileprivate var spec: SourceFile? {
        switch self {
        case .spec(let file): file
        case .outputs(_, let spec): spec
        case .nothing: nil
        }
    }

    fileprivate var isNothing: Bool { if case .nothing = self { true } else { false } }
}
