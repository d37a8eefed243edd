import Diagnostics
import YAMLSyntax

/// A mapping of the spec that is being read, with the table of the keys it may have.
struct SectionReader {
    let table: SectionTable
    let entries: [YAMLEntry]
    /// `connectors.mcp`, or empty for the top level.
    let path: String
    let span: Span
    /// Where missing keys are reported: the key above, or the start of the document.
    let keySpan: Span
    /// By what the section came here: aliases, merge keys, an overlay.
    let steps: [ResolutionTrace.Step]

    func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key == key } }

    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// How messages call the section.
    var display: String { path.isEmpty ? "the spec" : "`\(path)`" }
}

extension YAMLNode {
    /// What messages call what is written here, when it is of the wrong kind.
    var kindNoun: String {
        switch content {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar: isNull ? "null" : "a single value"
        }
    }
}
