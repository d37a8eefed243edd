import Diagnostics
import YAMLSyntax

/// The parts of a spec that can have errors without the others: what is missing in a faulty part may be written there
/// and unreadable, so that nothing is concluded from its absence.
package enum SpecPart: Hashable, Sendable, CaseIterable {
    case issuer
    case connectors
    /// `clients` and the hosts and redirects that are trusted beside them.
    case clients
    case targets

    /// The part that a key of the top level belongs to; nil for `version`, `name` and `environments`.
    init?(key: String) {
        let clientKeys = [
            Spec.clientsKey.row, Spec.trustedHostsKey.row, Spec.trustedRedirectsKey.row, Spec.clientURIHostsKey.row,
        ]
        switch key {
        case Spec.issuerKey.row.name: self = .issuer
        case "connectors": self = .connectors
        case Spec.targetsKey.row.name: self = .targets
        default:
            guard clientKeys.contains(where: { $0.name == key }) else { return nil }
            self = .clients
        }
    }

    /// The parts in which errors lie. An overlay that is laid over the spec can be of any part, and so can a key of the
    /// top level that nobody knows.
    static func faulty(
        _ diagnostics: [Diagnostic], in document: YAMLNode, overlay: Diagnostics.Span?
    ) -> Set<SpecPart> {
        let places = diagnostics.filter { $0.severity == .error }.compactMap(\.primary?.span)
        guard !places.isEmpty else { return [] }
        var parts: Set<SpecPart> = []
        for entry in document.entries ?? [] {
            let end = max(entry.keySpan.end, entry.value.span.end)
            let whole = Diagnostics.Span(entry.keySpan.file, entry.keySpan.start, end)
            guard places.contains(where: { whole.contains($0) || entry.value.span.contains($0) }) else { continue }
            if let part = SpecPart(key: entry.key) {
                parts.insert(part)
            } else if SectionTable.spec.key(entry.key) == nil {
                return Set(allCases)
            }
        }
        if let overlay, places.contains(where: overlay.contains) { return Set(allCases) }
        return parts
    }
}
