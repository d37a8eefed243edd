package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics
package import YAMLSyntax

/// Everything that can be found in one spec, in one run: what its syntax, its shape, its values, the rules and the
/// plan have to say. A later phase sees whatever the earlier ones could read.
package struct SpecCheck: Sendable {
    /// Nil when the file is no YAML at all.
    package let draft: SpecDraft?
    /// Nil when something is missing that planning needs.
    package let plan: DeploymentPlan?
    /// In the total order.
    package let diagnostics: [Diagnostic]
    /// Findings of rules that a comment allows.
    package let suppressed: [Report.Suppressed]

    /// Reads, checks and plans one spec.
    ///
    /// - Parameters:
    ///   - file: the spec, one of `sources`.
    ///   - sources: all files of the run.
    ///   - environment: the entry of `environments:` to lay over the spec.
    package init(_ file: FileID, in sources: SourceMap, environment: String? = nil) {
        self.init(YAML.parse(sources[file], id: file), of: file, in: sources, environment: environment)
    }

    /// The same for a document that has been read already.
    package init(
        _ document: YAMLDocument, of file: FileID, in sources: SourceMap, environment: String? = nil
    ) {
        guard let root = document.root else {
            let findings = document.diagnostics + SpecDraft.secrets(in: file, of: sources, root: nil)
            (draft, plan, diagnostics, suppressed) = (nil, nil, findings.map(\.redacted).arranged, [])
            return
        }
        let (draft, findings) = SpecDraft.decode(root, sources: sources, environment: environment)
        var all = document.diagnostics + findings
        var plan: DeploymentPlan?
        if let spec = draft.spec {
            let name = sources[file].path.split(separator: "/").last.map(String.init) ?? sources[file].path
            let made = DeploymentPlan.make(
                from: spec, clients: .builtin, vocabularies: .builtin, sourceName: name)
            plan = made.0
            all += made.1
        }
        let found = Suppressions(
            RuleRegistry.findings(in: RuleContext(draft: draft, plan: plan, sources: sources)),
            comments: Suppression.all(in: file, of: sources), in: sources)
        all += found.kept
        suppressed = found.suppressed
        let hasSecrets = all.contains { $0.code == .secretInSpec }
        (self.draft, self.plan, diagnostics) = (draft, plan, (hasSecrets ? all.map(\.redacted) : all).arranged)
    }

    /// Places that hold secrets, which no report may quote; those too that a comment allows.
    package var secrets: [Span] {
        (diagnostics + suppressed.map(\.diagnostic)).filter { $0.code == .secretInSpec }.compactMap(\.primary?.span)
    }
}
