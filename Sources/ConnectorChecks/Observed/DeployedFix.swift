import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import ObservedFiles

/// Changes of deployed env files, which no other than their reader's own reading proves (``EnvRewrite``).
///
/// Safe is what takes nothing away that somebody decided: a value where there was none. A value or a line that somebody
/// wrote needs a look, and so does what selects a branch of the service or what other processes get too. Secrets are
/// never written.
struct DeployedFix {
    private let context: RuleContext

    init(_ context: RuleContext) { self.context = context }

    /// The value of the spec in the place of the deployed one.
    func value(of variable: EnvironmentVariable, in found: EffectiveVariable, of service: ObservedService) -> [FixIt] {
        guard case .text(let text) = variable.value, found.assignment.isLiteral,
            isWritable(variable.name, text), let rewrite = rewrite(of: found),
            let edit = rewrite.setting(found.assignment.nameSpan, found.assignment.valueSpan, to: text)
        else { return [] }
        let isEmpty = found.assignment.value.text?.allSatisfy(\.isWhitespace) ?? false
        let isSafe = isEmpty && isSafe(variable.name, in: found.assignment.nameSpan.file, of: service)
        return [FixIt("take the spec's value", isSafe ? .machineApplicable : .maybeIncorrect, edits: [edit])]
    }

    /// A line more in the env file that has most of what the spec gives the service.
    func addition(of variable: EnvironmentVariable, to service: ObservedService) -> [FixIt] {
        guard case .text(let text) = variable.value, isWritable(variable.name, text),
            let file = mainFile(of: service), let rewrite = rewrite(of: file),
            let edit = rewrite.adding(variable.name, text)
        else { return [] }
        let isSafe = isSafe(variable.name, in: file, of: service)
        return [
            FixIt(
                "set \(variable.name) in \(context.sources[file].path)", isSafe ? .machineApplicable : .maybeIncorrect,
                edits: [edit])
        ]
    }

    /// The lines of an env file without which the variable is gone, where nothing else stands on them.
    func removal(of found: EffectiveVariable) -> [FixIt] {
        guard let rewrite = rewrite(of: found),
            let edit = rewrite.removing(found.assignment.nameSpan, found.assignment.valueSpan)
        else { return [] }
        return [FixIt("remove the line", .maybeIncorrect, edits: [edit])]
    }

    /// The name that the service reads, where it has none of that name yet.
    func renaming(of found: EffectiveVariable, to name: String, in service: ObservedService) -> [FixIt] {
        guard service.effective[name] == nil, let rewrite = rewrite(of: found),
            let edit = rewrite.renaming(found.assignment.nameSpan, to: name)
        else { return [] }
        return [FixIt("write \(name)", .maybeIncorrect, edits: [edit])]
    }

    /// The first of two assignments, which never counts; safe where both say the same.
    func removal(ofDuplicate earlier: Span, before later: Span, in reading: DeploymentComparison.Reading) -> [FixIt] {
        let entries = reading.reading.entries
        guard let first = entries.first(where: { $0.nameSpan == earlier }),
            let second = entries.first(where: { $0.nameSpan == later }), let rewrite = rewrite(of: reading.file.id),
            let edit = rewrite.removing(first.nameSpan, first.valueSpan)
        else { return [] }
        let isSame = first.value == second.value
        return [FixIt("remove the first", isSame ? .machineApplicable : .maybeIncorrect, edits: [edit])]
    }

    /// A name that an example lacks, without a value; none that may be a piece of a secret.
    func addition(of name: String, toExample file: DeployedFile) -> [FixIt] {
        let source = context.sources[file.id]
        guard (try? EnvDialect.compose.name(name)) != nil, EnvName.shown(name) == name,
            let rewrite = EnvRewrite(file.id, of: source, for: [.compose], isCertain: false),
            let edit = rewrite.adding(name, "")
        else { return [] }
        return [FixIt("add \(name) to \(source.path)", .machineApplicable, edits: [edit])]
    }

    // MARK: what may be changed

    private func isWritable(_ name: String, _ text: String) -> Bool {
        !SecretText.isSecretName(name) && !SecretText.mayBeSecret(text)
    }

    /// True where the variable selects no branch by being there, and no other process has the file.
    private func isSafe(_ name: String, in file: FileID, of service: ObservedService) -> Bool {
        let selects = (service.expectation.preset?.modes ?? []).contains { $0.members.contains(name) }
        return !selects && context.comparison.environments.count { $0.files.contains(file) } == 1
    }

    private func mainFile(of service: ObservedService) -> FileID? {
        let names = Set(service.expectation.variables.map(\.name))
        var best: (file: FileID, count: Int)?
        for layer in service.environment.layers {
            guard case .envFile = layer.kind, let file = layer.assignments.first?.nameSpan.file else { continue }
            let count = layer.assignments.count { names.contains($0.name) }
            if count >= best?.count ?? 0 { best = (file, count) }
        }
        return best?.file
    }

    private func rewrite(of found: EffectiveVariable) -> EnvRewrite? {
        guard case .envFile = found.layer.kind else { return nil }
        return rewrite(of: found.assignment.nameSpan.file)
    }

    private func rewrite(of file: FileID) -> EnvRewrite? {
        let readings = context.comparison.readings.filter { $0.file.id == file }
        var dialects: [EnvDialect] = []
        for reading in readings where !dialects.contains(reading.reading.dialect) {
            dialects.append(reading.reading.dialect)
        }
        return EnvRewrite(
            file, of: context.sources[file], for: dialects, isCertain: readings.allSatisfy(\.isCertain))
    }
}
