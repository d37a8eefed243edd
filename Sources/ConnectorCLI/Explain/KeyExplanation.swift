import CommandLineSyntax
import ConnectorBackends
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import YAMLSyntax

/// `explain SPEC:KEY`: a value, where it came from, and which output lines it reaches.
struct KeyExplanation {
    private let key: String
    private let input: CompilationInput
    private let compilation: Compilation

    init(file: String, key: String, _ invocation: Invocation) throws(CommandFailure) {
        self.key = key
        input = try CompilationInput(spec: file, invocation)
        compilation = input.compile()
    }

    func outcome(_ reporting: Reporting) -> Outcome {
        let written = YAMLPath(parsing: key).flatMap { input.document.root?.lookup($0) }
        let row = SectionTable.spec.row(at: key)
        let value = compilation.plan?.value(forKey: key)
        if written == nil, row == nil, value == nil { return unknown(reporting) }

        var text = "\(key)\n"
        if let row { text += "    \(row.summary)\n" }
        if let shown = value.map(Self.shown) ?? written.flatMap(shown) { text += "  value\n    \(shown)\n" }
        text += "  origin\n    \(origin(of: value, written, row))\n"
        let spans = value?.origins ?? written.map { [$0.node.span] } ?? []
        for span in spans { text += "    \(excerpt(of: span))\n" }
        let reach = reach(of: spans)
        if !reach.isEmpty {
            text += "  reaches\n"
            for line in reach { text += "    \(line)\n" }
        }
        let hasErrors = compilation.diagnostics.hasErrors
        return Outcome(
            text, notices: hasErrors ? "the spec does not compile; connectorgen lint tells why\n" : "",
            status: hasErrors ? .invalid : .clean)
    }

    private func unknown(_ reporting: Reporting) -> Outcome {
        if compilation.plan == nil {
            return reporting.outcome(
                of: input.diagnostics + compilation.diagnostics, from: compilation, status: .invalid)
        }
        let names = allowedNames
        let nearest = Suggestion.nearest(to: key, in: names).map { "; did you mean \($0)?" } ?? ""
        let prefix = key.split(separator: ".").first.map { String($0) + "." } ?? ""
        let siblings = names.filter { $0.hasPrefix(prefix) }
        let listed = (siblings.isEmpty ? names : siblings).joined(separator: ", ")
        return Outcome(
            notices: "unknown key \(DisplayText.escaped(key))\(nearest)\nkeys with a value: \(listed)\n",
            status: .invalid)
    }

    /// The keys of the plan as they are asked for here: those of a connector with the connector's name.
    private var allowedNames: [String] {
        let connectors = compilation.plan?.spec.connectors.map(\.name.value.text) ?? []
        let named = key.split(separator: ".").dropFirst().first.map(String.init)
        let shown = connectors.first { $0 == named } ?? connectors.first
        return DeploymentPlan.planKeys.map { key in
            guard let shown, key.name.hasPrefix("connector.") else { return key.name }
            return "connectors.\(shown)." + key.name.dropFirst("connector.".count)
        }
    }

    private func origin(of value: PlanValue?, _ written: YAMLPlace?, _ row: SpecKey?) -> String {
        if let value, !(value.source == .written && value.origins.isEmpty) { return value.rule }
        if written != nil { return "written" }
        switch row?.presence {
        case .optional(let fallback): return "not written; default: \(fallback)"
        case .conditional(let rule): return "not written (\(rule))"
        case .required, nil: return "not written"
        }
    }

    private func excerpt(of span: Diagnostics.Span) -> String {
        let file = compilation.sources[span.file]
        let line = file.lineIndex(at: span.start)
        let range = file.lineRange(line)
        let text = String(decoding: file.bytes[range], as: UTF8.self)
        let shown =
            hidesSecret(range, of: span.file) ? "[secret]" : DisplayText.escaped(String(text.drop { $0 == " " }))
        return "\(file.path):\(line + 1)  \(shown)"
    }

    private func hidesSecret(_ range: Range<Int>, of file: FileID) -> Bool {
        (compilation.secrets + Report.secrets(in: compilation.sources)).contains {
            $0.file == file && $0.start <= range.upperBound && range.lowerBound <= $0.end
        }
    }

    /// `nginx/a.conf:12-19` of every run of output lines that was made from one of the spans.
    private func reach(of spans: [Diagnostics.Span]) -> [String] {
        compilation.artifacts.flatMap { artifact in
            artifact.provenance.compactMap { run in
                let isReached = run.origins.contains { origin in spans.contains { $0 == origin || $0.contains(origin) }
                }
                guard isReached else { return nil }
                let (first, last) = (run.lines.lowerBound, run.lines.upperBound)
                return "\(artifact.path):\(first)" + (last > first ? "-\(last)" : "")
            }
        }
    }

    private static func shown(_ value: PlanValue) -> String {
        switch value.content {
        case .secret(.environment(let name)): "a secret, from the variable \(name.text)"
        case .secret(.file(let path)): "a secret, from the file \(DisplayText.escaped(path))"
        case .list([], _): "none"
        case .text, .list: DisplayText.escaped(value.text ?? "")
        }
    }

    private func shown(_ place: YAMLPlace) -> String? {
        let span = place.node.span
        if hidesSecret(span.start..<span.end, of: span.file) { return "[secret]" }
        return place.node.scalar.map { DisplayText.escaped($0.text) }
    }
}
