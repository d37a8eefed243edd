import Diagnostics
import YAMLSyntax

extension SpecDecoder {
    /// What brought one entry to its place, besides the key itself.
    func steps(of entry: YAMLEntry) -> [ResolutionTrace.Step] {
        guard entry.mergedBy != nil || entry.value.alias != nil else { return [] }
        var steps: [ResolutionTrace.Step] = []
        if let merge = entry.mergedBy {
            steps.append(ResolutionTrace.Step("merge key `<<`", at: merge))
        }
        if let alias = entry.value.alias {
            steps.append(ResolutionTrace.Step("alias \(sources.text(of: alias))", at: alias))
        }
        return steps
    }

    func trace(of entry: YAMLEntry, key: String, in reader: SectionReader) -> ResolutionTrace {
        var steps = [ResolutionTrace.Step(reader.path(of: key), at: entry.keySpan)]
        if let overlay, overlay.span.contains(entry.keySpan) {
            steps.append(ResolutionTrace.Step("environment \(overlay.name)", at: overlay.span))
        }
        steps += reader.steps + self.steps(of: entry)
        if entry.value.alias != nil {
            steps.append(ResolutionTrace.Step("the value written there", at: entry.value.span))
        }
        let value = entry.value
        return ResolutionTrace(steps: steps, span: value.span.isEmpty ? value.alias ?? entry.keySpan : value.span)
    }
}
