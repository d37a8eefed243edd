import Diagnostics
import YAMLSyntax

/// Walks a document by the key table: reports keys that nobody knows and texts that are secrets, also
/// in overlays that are not laid over the spec in this run.
struct KeyCheck {
    private(set) var diagnostics: [Diagnostic] = []

    mutating func check(_ node: YAMLNode, as kind: ValueKind, path: @autoclosure () -> String, name: String) {
        switch (node.content, kind) {
        case (.scalar(let scalar), _):
            guard SecretText.isSuspect(scalar.text) else { return }
            diagnostics.append(Self.secret(at: node.span, path: path(), length: scalar.text.utf8.count))
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
                check(entry.value, as: value, path: Self.join(path(), entry.key), name: entry.key)
            }
        case (_, .either(let kinds)):
            guard let kind = kinds.first(where: { Self.matches(node, $0) }) else { return }
            check(node, as: kind, path: path(), name: name)
        default: return
        }
    }

    private mutating func check(_ entries: [YAMLEntry], in table: SectionTable, path: @autoclosure () -> String) {
        for entry in entries {
            guard let key = table.key(entry.key) else {
                report(entry, in: table, path: path())
                continue
            }
            check(entry.value, as: key.kind, path: Self.join(path(), entry.key), name: entry.key)
        }
    }

    private mutating func report(_ entry: YAMLEntry, in table: SectionTable, path: String) {
        let allowed = table.keys.map(\.name)
        let nearest = table.nearestKey(to: entry.key)
        diagnostics.append(
            Diagnostic(
                .unknownKey, .error,
                "unknown key \(SecretText.display(entry.key)) in \(path.isEmpty ? "the spec" : "`\(path)`")",
                at: Label(entry.keySpan, "no such key"), notes: ["allowed here: \(allowed.joined(separator: ", "))"],
                help: nearest.map { "did you mean `\($0)`?" },
                fixes: nearest.map {
                    [FixIt("write `\($0)`", .maybeIncorrect, edits: [TextEdit(entry.keySpan, $0)])]
                } ?? []))
    }

    private static func secret(at span: Span, path: String, length: Int) -> Diagnostic {
        Diagnostic(
            .secretInSpec, .error, "`\(path)` looks like a secret, set (len \(length)), written into the spec",
            at: Label(span, "a token or a private key"),
            help: "move it out, replace it where it was issued, and refer to it as `{ env: NAME }` or `{ file: PATH }`")
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
