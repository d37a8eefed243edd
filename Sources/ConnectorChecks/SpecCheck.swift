package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics
package import OAuthModel
package import YAMLSyntax

/// Everything that can be found in one spec, in one run: what its syntax, its shape, its values, the rules and the
/// plan have to say. A later phase sees whatever the earlier ones could read, and concludes nothing from what they
/// could not.
package struct SpecCheck: Sendable {
    /// Nil when the file is no YAML at all.
    package let draft: PartialSpec?
    /// Nil when something is missing that planning needs.
    package let plan: DeploymentPlan?
    /// In the total order.
    package let diagnostics: [Diagnostic]
    /// Findings that a comment allows.
    package let suppressed: [Report.Suppressed]

    /// How a spec is checked.
    package struct Options: Sendable {
        /// The entry of `environments:` to lay over the spec.
        package var environment: String?
        /// The day of the check; nil for none, and rules about dates find nothing.
        package var today: CalendarDate?
        /// What is deployed, for the rules that hold it against the plan.
        package var observed: Observed
        /// Codes of later phases, errors all of them, which a comment may name in vain.
        package var laterErrors: [DiagnosticCode]

        package init(
            environment: String? = nil, today: CalendarDate? = nil, observed: Observed = .nothing,
            laterErrors: [DiagnosticCode] = []
        ) {
            self.environment = environment
            self.today = today
            self.observed = observed
            self.laterErrors = laterErrors
        }
    }

    /// How many findings of one code are shown, so that a mistake that is made in a thousand lines does not hide
    /// another.
    package static let findingsPerCode = 100

    /// Reads, checks and plans one spec.
    ///
    /// - Parameters:
    ///   - file: the spec, one of `sources`.
    ///   - sources: all files of the run.
    ///   - options: the overlay, the day, and what later phases could find.
    package init(_ file: FileID, in sources: SourceMap, options: Options = Options()) {
        self.init(YAML.parse(sources[file], id: file), of: file, in: sources, options: options)
    }

    /// The same for a document that has been read already.
    package init(_ document: YAMLDocument, of file: FileID, in sources: SourceMap, options: Options) {
        guard let root = document.root else {
            let findings = document.diagnostics + PartialSpec.secrets(in: file, of: sources, root: nil)
            (draft, plan, diagnostics, suppressed) = (nil, nil, findings.map(\.redacted).arranged, [])
            return
        }
        let (draft, read) = PartialSpec.decode(root, sources: sources, environment: options.environment)
        var findings = document.diagnostics.filter { !Self.isSettled($0, by: draft) } + read
        var plan: DeploymentPlan?
        if let spec = draft.readableSpec {
            let name = sources[file].path.split(separator: "/").last.map(String.init) ?? sources[file].path
            let made = DeploymentPlan.make(
                from: spec, clients: .builtin, presets: .builtin, sourceName: name)
            plan = made.0
            findings += made.1.filter { $0.code.partsConcludedFrom.isDisjoint(with: draft.faultyParts) }
        }
        let context = RuleContext(
            draft: draft, plan: plan, sources: sources, today: options.today, observed: options.observed)
        let found = Suppressions(
            ofRules: RuleRegistry.findings(in: context), ofPhases: findings,
            comments: ([file] + options.observed.files).flatMap { Suppression.all(in: $0, of: sources) }, in: context,
            laterErrors: options.laterErrors)
        suppressed = found.suppressed
        let hasSecrets = found.kept.contains { $0.code == .secretInSpec }
        let kept = (hasSecrets ? found.kept.map(\.redacted) : found.kept).arranged
        self.draft = draft
        self.plan = draft.spec == nil ? nil : plan
        // Each place with a secret is needed: no report may quote it.
        diagnostics = kept.bounded(to: Self.findingsPerCode) { $0 != .secretInSpec }
    }

    /// Places that hold secrets, which no report may quote; those too that a comment allows.
    package var secrets: [Span] {
        (diagnostics + suppressed.map(\.diagnostic)).filter { $0.code == .secretInSpec }.compactMap(\.primary?.span)
    }

    /// That `off` looks like a boolean is no finding where the key says what it means, or has said what is wrong.
    private static func isSettled(_ finding: Diagnostic, by draft: PartialSpec) -> Bool {
        guard finding.code == .yamlTruthLookAlike, let span = finding.primary?.span else { return false }
        return draft.settledWords.contains(span)
    }
}
