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
    /// What the section is called, where its name is a key of the mapping above and can be read.
    var name: Located<Name>?

    func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key == key } }

    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// How messages call the section.
    var display: String { path.isEmpty ? "the spec" : "`\(path)`" }

    /// The value of a key; nil where the key is not written.
    func place(of key: String) -> SpecPlace? {
        entry(key).map { SpecPlace(node: $0.value, entry: $0, section: self, key: key) }
    }
}

/// A value of the spec that is to be read: that of a key, an item of its list, or an entry of its mapping.
struct SpecPlace {
    let node: YAMLNode
    /// Nil for an item of a list.
    let entry: YAMLEntry?
    let section: SectionReader
    let key: String
    /// What follows the key in the path: `[2]` of an item, `.NAME` of an entry.
    var suffix = ""

    var path: String { section.path(of: key) + suffix }

    /// Where keys are reported that are missing in the value.
    var keySpan: Span { entry?.keySpan ?? node.span }

    /// What an entry of a mapping is called; empty for an item of a list.
    var name: String { entry?.key ?? "" }
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
