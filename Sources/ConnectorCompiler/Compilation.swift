import ConfigLanguages
package import ConnectorBackends
import ConnectorChecks
package import ConnectorPlan
import ConnectorSpec
import ContentDigest
package import Diagnostics
import ParallelWork
import Templates
import YAMLSyntax

/// A spec, compiled: the files to write, or why there are none.
///
/// Compiling is a function of bytes: no file, clock, host or environment is asked. With an error among the
/// diagnostics there are no artifacts, so that nothing half-right can be written.
package struct Compilation: Sendable {
    /// Sorted by path, the lock and the provenance map among them.
    package let artifacts: [Artifact]
    /// In the total order, duplicates dropped.
    package let diagnostics: [Diagnostic]
    /// What could be planned, also with errors among the diagnostics: for `explain` and `routes`.
    package let plan: DeploymentPlan?
    /// The files that diagnostics and origins point into; the spec is the first, or comes after those of specs before
    /// it.
    package let sources: SourceMap
    /// Places that hold secrets, which no report may quote.
    package let secrets: [Span]
    /// Findings of rules that a comment in the spec allows.
    package let suppressed: [Report.Suppressed]
}

extension Compilation {
    /// What reports need to know of several, each of which was read after the files of those before it: no artifacts,
    /// and the plan of none.
    package init(reporting all: [Compilation]) {
        self.init(
            artifacts: [], diagnostics: all.flatMap(\.diagnostics), plan: nil,
            sources: all.last?.sources ?? SourceMap(),
            secrets: all.flatMap(\.secrets), suppressed: all.flatMap(\.suppressed))
    }

    /// Reads, checks, plans and renders a spec.
    ///
    /// - Parameters:
    ///   - spec: the spec's file; its path, as the user wrote it, appears in diagnostics, its last component in
    ///     banners.
    ///   - options: what to render, and from which templates and catalogues.
    /// - Returns: the artifacts, and every finding of the one run.
    package static func compile(
        _ spec: SourceFile, options: CompilationOptions = CompilationOptions()
    ) -> Compilation {
        compile(Workspace(spec: spec), options: options)
    }

    /// The same for the spec of a workspace.
    package static func compile(_ workspace: Workspace, options: CompilationOptions) -> Compilation {
        let sources = workspace.sources
        let check = SpecCheck(
            workspace.document, of: workspace.spec, in: sources,
            options: SpecCheck.Options(
                environment: options.environment, today: options.today,
                observed: Observed(nginx: workspace.files(as: .observedNginx), in: sources),
                laterErrors: laterErrors))
        var diagnostics = check.diagnostics + unknownBackends(options)
        func stopped() -> Compilation {
            Compilation(
                artifacts: [], diagnostics: diagnostics.arranged, plan: check.plan, sources: sources,
                secrets: check.secrets, suppressed: check.suppressed)
        }
        guard let plan = check.plan, !diagnostics.hasErrors else { return stopped() }
        let context = RenderContext(
            plan: plan, sources: sources, templates: options.templates,
            specDigest: SHA256.hex(sources[workspace.spec].bytes),
            secrets: options.secrets, environment: options.environment)
        let backends = BackendRegistry.all.filter { options.renders(type(of: $0).name) }
        let renderings = backends.mapInParallel(when: plan.resources.count >= Spec.manyConnectors) { backend in
            let rendering = backend.render(context)
            let outputs = rendering.artifacts.map { artifact in
                Recorded(
                    artifact: artifact, output: LockFile.Output(artifact),
                    entries: ProvenanceMap.entries(of: artifact, sources: sources))
            }
            return (outputs, rendering.diagnostics)
        }
        diagnostics += renderings.flatMap(\.1)
        let outputs = renderings.flatMap(\.0).sorted { $0.artifact.path < $1.artifact.path }
        var artifacts = outputs.map(\.artifact)
        diagnostics += repeated(artifacts)
        guard !diagnostics.hasErrors else { return stopped() }
        artifacts += records(of: outputs, context, options)
        artifacts.sort { $0.path < $1.path }
        return Compilation(
            artifacts: artifacts, diagnostics: diagnostics.arranged, plan: plan, sources: sources,
            secrets: check.secrets, suppressed: check.suppressed)
    }

    /// An output, and what the lock and the map say of it.
    private struct Recorded: Sendable {
        let artifact: Artifact
        let output: LockFile.Output
        let entries: [ProvenanceMap.Entry]
    }

    /// The provenance map and the lock, which speak of all other artifacts.
    private static func records(
        of outputs: [Recorded], _ context: RenderContext, _ options: CompilationOptions
    ) -> [Artifact] {
        let isKept = { (path: String) in BackendRegistry.owner(of: path).map { !options.renders($0) } ?? false }
        var map = ProvenanceMap(entries: outputs.flatMap(\.entries))
        var lock = LockFile(outputs.map(\.output), of: context)
        if let previous = options.previousMap { map.keep(previous, where: isKept) }
        let mapArtifact = map.artifact
        lock.add(mapArtifact)
        if let previous = options.previousLock { lock.keep(previous, where: isKept) }
        return [mapArtifact, lock.artifact(sourceName: context.bannerSource)]
    }

    /// What reading the file and rendering the plan can find besides what rules document: errors, which no comment
    /// allows.
    private static let laterErrors: [DiagnosticCode] =
        DiagnosticCode.yamlSyntaxCodes + DiagnosticCode.configLanguagesCodes + DiagnosticCode.templatesCodes
        + DiagnosticCode.connectorBackendsCodes

    private static func unknownBackends(_ options: CompilationOptions) -> [Diagnostic] {
        let known = BackendRegistry.names
        return (options.only ?? []).filter { !known.contains($0) }.map { name in
            Diagnostic(
                .unknownBackend, .error, "there is no output named \(name)", at: nil,
                notes: ["outputs: \(known.joined(separator: ", "))"],
                help: Suggestion.nearest(to: name, in: known).map { "did you mean \($0)?" })
        }
    }

    /// Two env targets with one file name, say.
    private static func repeated(_ sorted: [Artifact]) -> [Diagnostic] {
        zip(sorted, sorted.dropFirst()).filter { $0.path == $1.path }.map { first, second in
            Diagnostic(
                .artifactTwice, .error, "two outputs are to be written to \(first.path)",
                at: second.provenance.first?.origins.first.map { Label($0) },
                secondary: first.provenance.first?.origins.first.map { [Label($0, "the first")] } ?? [],
                help: "give one of them another file name")
        }
    }
}
