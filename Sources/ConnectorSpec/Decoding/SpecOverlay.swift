import Diagnostics
import YAMLSyntax

/// `environments:`, partial specs that are laid over the whole one: mappings join, everything else is
/// replaced.
enum SpecOverlay {
    struct Laid {
        var document: YAMLNode
        var overlay: (name: String, span: Span)?
        var diagnostics: [Diagnostic] = []
    }

    static func apply(_ name: String?, to document: YAMLNode) -> Laid {
        guard let name else { return Laid(document: document) }
        let environments = entries(of: entries(of: document)?.first { $0.key == "environments" }?.value) ?? []
        guard let entry = environments.first(where: { $0.key == name }) else {
            return Laid(document: document, diagnostics: [unknown(name, among: environments, in: document)])
        }
        return Laid(document: merge(entry.value, onto: document), overlay: (name, entry.value.span))
    }

    private static func merge(_ overlay: YAMLNode, onto base: YAMLNode) -> YAMLNode {
        guard case .mapping(let above) = overlay.content, case .mapping(let below) = base.content else {
            return overlay
        }
        var places: [String: Int] = [:]
        for (index, entry) in below.enumerated() { places[entry.key] = index }
        var merged = below
        for entry in above where entry.key != "environments" {
            guard let place = places[entry.key] else {
                merged.append(entry)
                continue
            }
            let value = merge(entry.value, onto: merged[place].value)
            let key = isMapping(value) && isMapping(merged[place].value) ? merged[place] : entry
            merged[place] = YAMLEntry(key: key.key, keySpan: key.keySpan, value: value, mergedBy: key.mergedBy)
        }
        return YAMLNode(content: .mapping(merged), span: base.span, alias: base.alias)
    }

    private static func isMapping(_ node: YAMLNode) -> Bool { entries(of: node) != nil }

    private static func unknown(_ name: String, among entries: [YAMLEntry], in document: YAMLNode) -> Diagnostic {
        let names = entries.map(\.key)
        let known = names.isEmpty ? "the spec has no environments" : "known: \(names.joined(separator: ", "))"
        return Diagnostic(
            .unknownEnvironment, .error, "unknown environment \(SecretText.display(name)); \(known)",
            at: entries.first.map { Label($0.keySpan, "environments begin here") },
            help: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" })
    }

    private static func entries(of node: YAMLNode?) -> [YAMLEntry]? {
        guard case .mapping(let entries) = node?.content else { return nil }
        return entries
    }
}
