import ConfigLanguages
import ConnectorPlan
import Diagnostics
import ObservedFiles

/// Changes of deployed files. What somebody decided on purpose is never safe to change: those need a look.
enum DeployedFix {
    /// The value of the spec in the place of the deployed one, in an env file that spells it right there.
    static func value(of variable: EnvironmentVariable, in found: EffectiveVariable) -> [FixIt] {
        guard case .text(let text) = variable.value, case .envFile(let dialect) = found.layer.kind,
            found.assignment.isLiteral, let spelled = try? dialect.encode(text)
        else { return [] }
        return [
            FixIt(
                "take the spec's value", .maybeIncorrect,
                edits: [TextEdit(found.assignment.valueSpan, String(decoding: spelled.bytes, as: UTF8.self))])
        ]
    }

    /// The line of an env file without which the variable is gone, where nothing else stands on it.
    static func removal(of found: EffectiveVariable, _ sources: SourceMap) -> [FixIt] {
        guard case .envFile = found.layer.kind, let line = line(of: found.assignment, sources) else { return [] }
        return [FixIt("remove the line", .maybeIncorrect, edits: [TextEdit(line, "")])]
    }

    private static func line(of assignment: ObservedAssignment, _ sources: SourceMap) -> Span? {
        let source = sources[assignment.nameSpan.file]
        let (first, last) = (
            source.lineIndex(at: assignment.nameSpan.start), source.lineIndex(at: assignment.valueSpan.end)
        )
        guard first == last, assignment.valueSpan.file == assignment.nameSpan.file else { return nil }
        let start = source.lineStarts[first]
        let end = first + 1 < source.lineStarts.count ? source.lineStarts[first + 1] : source.bytes.count
        return Span(assignment.nameSpan.file, start, end)
    }
}
