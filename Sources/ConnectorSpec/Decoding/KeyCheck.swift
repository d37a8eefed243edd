import Diagnostics
import WebSyntax
import YAMLSyntax

/// Walks a document by the key table: reports keys that nobody knows, and finds plain texts under names for secrets and
/// texts that wait to be filled in, also in overlays that are not laid over the spec in this run.
struct KeyCheck {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var namedSecrets: [PartialSpec.NamedSecret] = []
    /// Sections that are empty because their keys stand beside them, which is reported.
    private(set) var emptied: Set<Span> = []
    private(set) var suspectedPlaceholders: [PartialSpec.SuspectedPlaceholder] = []

    mutating func check(_ node: YAMLNode, as kind: ValueKind, path: @autoclosure () -> String, name: String) {
        switch (node.content, kind) {
        case (.sequence(let nodes), .list(let item)):
            for (index, node) in nodes.enumerated() {
                check(node, as: item, path: "\(path())[\(index)]", name: name)
            }
        case (.mapping(let entries), .section(let table)):
            check(entries, in: table, path: path())
        case (.mapping(let entries), .overlay):
            check(entries, in: .overlay, path: path())
        case (.mapping(let entries), .map(_, let value)):
            for entry in entries {
                checkName(of: entry, path: path())
                check(entry.value, as: value, path: Self.join(path(), entry.key), name: entry.key)
            }
        case (.scalar(let scalar), .text(let kind)):
            guard Placeholder.isSuspected(scalar.text, as: kind.name), !SecretText.mayBeSecret(scalar.text) else {
                return
            }
            suspectedPlaceholders.append(
                PartialSpec.SuspectedPlaceholder(path: path(), text: scalar.text, span: node.span))
        case (_, .either(let kinds)):
            guard let kind = kinds.first(where: { Self.matches(node, $0) }) else { return }
            check(node, as: kind, path: path(), name: name)
        default: return
        }
    }

    private mutating func check(_ entries: [YAMLEntry], in table: SectionTable, path: @autoclosure () -> String) {
        let strays = strays(among: entries, in: table)
        lazy var present = Set(entries.map(\.key))
        for entry in entries {
            guard let key = table.key(entry.key) else {
                if strays.contains(entry.keySpan) { continue }
                report(entry, beside: present, in: table, path: path())
                checkName(of: entry, path: path())
                continue
            }
            check(entry.value, as: key.kind, path: Self.join(path(), entry.key), name: entry.key)
        }
    }

    /// The keys that belong below an empty section of the same mapping, each section's reported once.
    private mutating func strays(among entries: [YAMLEntry], in table: SectionTable) -> Set<Span> {
        var found: Set<Span> = []
        for entry in entries where entry.value.isNull && !entry.value.isUndefined {
            guard case .section(let section)? = table.key(entry.key)?.kind else { continue }
            let strays = entries.filter { table.key($0.key) == nil && section.key($0.key) != nil }
            guard let first = strays.first else { continue }
            found.formUnion(strays.map(\.keySpan))
            emptied.insert(entry.value.span)
            diagnostics.append(
                .keysBeside(entry.key, at: entry.keySpan, first: first.key, at: first.keySpan))
        }
        return found
    }

    private mutating func report(
        _ entry: YAMLEntry, beside present: Set<String>, in table: SectionTable, path: String
    ) {
        let allowed = table.keys.map(\.name)
        // A key that is there already is not meant a second time.
        let ascii = String(decoding: entry.key.utf8.filter(\.isASCII), as: UTF8.self)
        let odd = entry.key.unicodeScalars.first { !$0.isASCII }.map { "it holds \(String.display($0))" }
        let nearest = table.nearestKey(to: ascii).flatMap { key in
            present.contains(key) ? nil : key
        }
        let owners = nearest == nil ? SectionTable.owners(of: entry.key) : []
        let belongs =
            owners.isEmpty
            ? nil : "`\(entry.key)` is a key of \(owners.prefix(3).map { "`\($0)`" }.joined(separator: " and "))"
        diagnostics.append(
            Diagnostic(
                .unknownKey, .error,
                "unknown key \(SecretText.display(entry.key)) in \(path.isEmpty ? "the spec" : "`\(path)`")",
                at: Label(entry.keySpan, "no such key"),
                notes: (odd.map { [$0] } ?? []) + ["allowed here: \(allowed.joined(separator: ", "))"],
                help: nearest.map { "did you mean `\($0)`?" } ?? belongs,
                fixes: nearest.map {
                    [FixIt("write `\($0)`", .maybeIncorrect, edits: [TextEdit(entry.keySpan, $0)])]
                } ?? []))
    }

    /// Only where names are free: the spec's own keys are judged where they are read.
    private mutating func checkName(of entry: YAMLEntry, path: @autoclosure () -> String) {
        guard case .scalar(let scalar) = entry.value.content, !entry.value.isNull,
            SecretText.isSecretName(entry.key), SecretText.isPlainValue(scalar.text)
        else { return }
        let path = Self.join(path(), entry.key)
        let length = scalar.text.utf8.count
        if SecretText.isHexKey(scalar.text) {
            diagnostics.append(SpecDecoder.literalSecret(length: length, at: entry.value.span, path: path))
        } else {
            namedSecrets.append(PartialSpec.NamedSecret(path: path, length: length, span: entry.value.span))
        }
    }

    private static func matches(_ node: YAMLNode, _ kind: ValueKind) -> Bool {
        switch (node.content, kind) {
        case (.mapping, .section), (.mapping, .map), (.mapping, .overlay), (.sequence, .list): true
        case (.scalar, .text), (.scalar, .choice), (.scalar, .boolean): true
        default: false
        }
    }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension Diagnostic {
    /// Keys in the column of the section that they belong below.
    static func keysBeside(_ section: String, at span: Span, first key: String, at place: Span) -> Diagnostic {
        Diagnostic(
            .wrongKind, .error, "`\(key)` stands beside `\(section)` and not below it",
            at: Label(place, "in the same column"), secondary: [Label(span, "has nothing below it")],
            help: "indent the keys of `\(section)` deeper than its name")
    }
}
