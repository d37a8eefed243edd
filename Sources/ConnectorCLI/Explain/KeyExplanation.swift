import CommandLineSyntax
import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import OAuthModel
import SecretShapes
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

    func result(_ reporting: Reporting) -> CommandResult {
        let written = YAMLPath(parsing: key).flatMap { input.document.root?.lookup($0) }
        let row = SectionTable.spec.row(at: key)
        let value = compilation.plan?.value(forKey: key)
        if written == nil, row == nil, value == nil { return unknown(reporting) }

        let spans = compilation.origins(ofKey: key, writtenAt: written?.node.span)
        let findings = Findings(
            key: key, summary: row?.summary, value: value.map(Self.shown) ?? written.flatMap(shown),
            origin: origin(of: value, written, row), lines: spans.map(excerpt), reach: reach(of: spans))
        let hasErrors = compilation.diagnostics.hasErrors
        return CommandResult(
            output: reporting.format == .json ? findings.json : Array(findings.text.utf8),
            notices: hasErrors ? "the spec does not compile; connectorgen lint tells why\n" : "",
            status: hasErrors ? .invalid : .clean)
    }

    /// What was found out, before it takes a form.
    private struct Findings {
        let key: String
        let summary: String?
        let value: String?
        let origin: String
        /// Each with its file and line.
        let lines: [Excerpt]
        let reach: [String]

        var text: String {
            var text = "\(key)\n"
            if let summary { text += "    \(summary)\n" }
            if let value { text += "  value\n    \(value)\n" }
            text += "  origin\n    \(origin)\n"
            for line in lines { text += "    \(line.place)  \(line.text)\n" }
            if !reach.isEmpty { text += "  reaches\n" }
            for line in reach { text += "    \(line)\n" }
            return text
        }

        var json: [UInt8] {
            let members: [JSONMember?] = [
                JSONMember("formatVersion", 1), JSONMember("key", .string(key)),
                summary.map { JSONMember("summary", .string($0)) }, value.map { JSONMember("value", .string($0)) },
                JSONMember("origin", .string(origin)),
                JSONMember("lines", .array(lines.map { ["at": .string($0.place), "text": .string($0.text)] })),
                JSONMember("reaches", .array(reach.map { .string($0) })),
            ]
            return JSON.object(members.compactMap(\.self)).encoded(.pretty, finalNewline: true)
        }
    }

    private struct Excerpt {
        let place: String
        let text: String
    }

    private func unknown(_ reporting: Reporting) -> CommandResult {
        if compilation.plan == nil {
            return reporting.result(
                of: input.diagnostics + compilation.diagnostics, from: compilation, status: .invalid)
        }
        let names = allowedNames
        let nearest =
            Suggestion.nearest(to: key, in: names).map { "; did you mean \(SecretPlaces.redacted($0))?" } ?? ""
        let prefix = key.split(separator: ".").first.map { String($0) + "." } ?? ""
        let siblings = names.filter { $0.hasPrefix(prefix) }
        let listed = SecretPlaces.redacted((siblings.isEmpty ? names : siblings).joined(separator: ", "))
        return CommandResult(
            notices: "unknown key \(DisplayText.escaped(key))\(nearest)\nkeys with a value: \(listed)\n",
            status: .invalid)
    }

    /// The keys of the plan as they are asked for here: those of a connector with the connector's name.
    private var allowedNames: [String] {
        let connectors = compilation.plan?.spec.connectors.map(\.name.value.text) ?? []
        let named = key.split(separator: ".").dropFirst().first.map(String.init)
        let shown = connectors.first { $0 == named } ?? connectors.first
        return DeploymentPlan.properties.map { key in
            guard let shown, key.name.hasPrefix("connector.") else { return key.name }
            return "connectors.\(shown)." + key.name.dropFirst("connector.".count)
        }
    }

    private func origin(of value: PlanValue?, _ written: YAMLPlace?, _ row: SpecKey?) -> String {
        if let value, !(value.source == .written && value.origins.isEmpty) { return value.rule }
        if written != nil { return "written" }
        switch row?.requirement {
        case .optional(let fallback): return "not written; default: \(fallback)"
        case .conditional(let rule): return "not written (\(rule))"
        case .required, nil: return "not written"
        }
    }

    private func excerpt(of span: Diagnostics.Span) -> Excerpt {
        let file = compilation.sources[span.file]
        let line = file.lineIndex(at: span.start)
        let range = file.lineRange(line)
        let text = String(decoding: file.bytes[range], as: UTF8.self)
        let shown =
            hidesSecret(range, of: span.file) ? "[secret]" : DisplayText.escaped(String(text.drop { $0 == " " }))
        return Excerpt(place: "\(file.path):\(line + 1)", text: shown)
    }

    private func hidesSecret(_ range: Range<Int>, of file: FileID) -> Bool {
        (compilation.secrets + Report.secrets(in: compilation.sources)).contains {
            $0.file == file && $0.start <= range.upperBound && range.lowerBound <= $0.end
        }
    }

    /// `nginx/a.conf:12-19` of every run of output lines that was made from one of the spans.
    private func reach(of spans: [Diagnostics.Span]) -> [String] {
        compilation.lines(madeFrom: spans).map { run in
            let (first, last) = (run.lines.lowerBound, run.lines.upperBound)
            return "\(run.path):\(first)" + (last > first ? "-\(last)" : "")
        }
    }

    private static func shown(_ value: PlanValue) -> String {
        let text =
            switch value.content {
            case .secret(.environment(let name)): "a secret, from the variable \(name.text)"
            case .secret(.file(let path)): "a secret, from the file \(path)"
            case .list([], _): "none"
            case .text, .list: value.text ?? ""
            }
        return DisplayText.escaped(SecretPlaces.redacted(text))
    }

    private func shown(_ place: YAMLPlace) -> String? {
        let span = place.node.span
        if hidesSecret(span.start..<span.end, of: span.file) { return "[secret]" }
        return place.node.scalar.map { DisplayText.escaped($0.text) }
    }
}
