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
        let environments = document.value(forKey: "environments")?.entries ?? []
        guard let entry = environments.first(where: { $0.key == name }) else {
            return Laid(document: document, diagnostics: [unknown(name, among: environments, in: document)])
        }
        let document = document.overlaid(by: entry.value)
        return Laid(document: document, overlay: (name, entry.value.span))
    }

    private static func unknown(_ name: String, among entries: [YAMLEntry], in document: YAMLNode) -> Diagnostic {
        let names = entries.map(\.key)
        let known = names.isEmpty ? "the spec has no environments" : "known: \(names.joined(separator: ", "))"
        return Diagnostic(
            .unknownEnvironment, .error, "unknown environment \(SecretText.display(name)); \(known)",
            at: entries.first.map { Label($0.keySpan, "environments begin here") },
            help: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" })
    }
}
