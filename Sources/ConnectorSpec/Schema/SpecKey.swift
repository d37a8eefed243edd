import Diagnostics
import WebSyntax

/// One key of the language: what it means, what may stand behind it, what stands for it when it is
/// left out. The tables of these rows drive decoding errors, the JSON Schema and the reference page; a ``Key`` adds how
/// the value is read.
package struct SpecKey: Sendable {
    package enum Requirement: Sendable, Hashable {
        case required
        /// May be left out; the text says what then holds.
        case optional(String)
        /// May be left out where the rule named here does not ask for it.
        case conditional(String)
    }

    package let name: String
    package let kind: ValueKind
    package let requirement: Requirement
    /// One line.
    package let summary: String
    /// YAML as it would stand behind the key, on one line.
    package let example: String

    init(
        _ name: String, _ kind: ValueKind, _ requirement: Requirement, _ summary: String, example: String
    ) {
        self.name = name
        self.kind = kind
        self.requirement = requirement
        self.summary = summary
        self.example = example
    }
}

/// What may stand behind a key.
package indirect enum ValueKind: Sendable {
    case text(ScalarKind)
    case choice([String])
    case boolean
    /// The one number that `version` may be.
    case constant(Int)
    case list(ValueKind)
    case section(SectionTable)
    case map(keys: ScalarKind, values: ValueKind)
    /// Kinds that differ in shape: a scalar or a mapping.
    case either([ValueKind])
    /// A part of a spec that is laid over the whole one.
    case overlay
}

/// The keys of one mapping of the spec.
package struct SectionTable: Sendable {
    /// The path as the reference page shows it: `connectors.NAME.legacy_aliases[]`.
    package let path: String
    /// One or two sentences.
    package let summary: String
    package let keys: [SpecKey]

    init(_ path: String, _ summary: String, _ keys: [SpecKey]) {
        self.path = path
        self.summary = summary
        self.keys = keys
    }

    package func key(_ name: String) -> SpecKey? { keys.first { $0.name == name } }

    /// The paths of the sections that have a key: `connectors.NAME`; the top level is `(top level)`.
    static func owners(of key: String) -> [String] { all.filter { $0.key(key) != nil }.map(\.path) }

    /// The key that somebody probably meant: case and hyphens do not count.
    func nearestKey(to name: String) -> String? {
        let spelled = name.asciiLowercased.utf8.map { $0 == .hyphen ? UInt8.underscore : $0 }
        return Suggestion.nearest(to: String(decoding: spelled, as: UTF8.self), in: keys.map(\.name))
    }
}

extension ValueKind {
    /// What messages call it, with its article.
    package var noun: String {
        switch self {
        case .text(let scalar): scalar.noun
        case .choice(let names): "one of \(names.joined(separator: ", "))"
        case .boolean: "true or false"
        case .constant(let number): "the number \(number)"
        case .list: "a list"
        case .section, .map, .overlay: "a mapping"
        case .either(let kinds): kinds.map(\.noun).joined(separator: " or ")
        }
    }
}
