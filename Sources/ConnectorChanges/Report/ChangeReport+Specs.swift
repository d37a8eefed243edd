package import ConnectorCompiler
import ConnectorPlan
package import Diagnostics

extension ChangeReport {
    /// The report on two specs that both compile; nil where one does not.
    package init?(of old: SourceFile, to new: SourceFile, options: CompilationOptions = CompilationOptions()) {
        let before = Workspace(spec: old)
        let after = Workspace(spec: new, after: before)
        let (first, second) = (
            Compilation.compile(before, options: options), Compilation.compile(after, options: options)
        )
        guard let oldPlan = first.plan, let newPlan = second.plan, !first.diagnostics.hasErrors,
            !second.diagnostics.hasErrors
        else { return nil }
        self.init(
            spec: new.path, against: old.path,
            from: KnownOutputs(first, spec: old.bytes, sourceName: oldPlan.sourceName), oldPlan: oldPlan,
            to: KnownOutputs(second, spec: new.bytes, sourceName: newPlan.sourceName), newPlan: newPlan,
            sources: second.sources)
    }
}
