import Diagnostics
import YAMLSyntax

extension SpecDecoder {
    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// A text that its type refuses.
    mutating func report(_ error: InvalidValue, text: String, at node: YAMLNode, path: String) {
        var fixes: [FixIt] = []
        if let suggestion = error.suggestion {
            let edit = TextEdit(node.span, Self.plainYAML(suggestion))
            fixes = [FixIt("write `\(suggestion)`", .maybeIncorrect, edits: [edit])]
        }
        report(
            Diagnostic(
                error.code, .error, "`\(path)` \(error.problem): \(SecretText.display(text))",
                at: Label(node.span, "expected \(error.expected)"), notes: ["expected \(error.expected)"],
                help: error.suggestion.map { "did you mean `\($0)`?" }, fixes: fixes))
    }

    /// A node of another kind than the key wants.
    mutating func reportKind(of node: YAMLNode, at path: String, expected: String) {
        if node.isNull {
            report(
                Diagnostic(
                    .nullValue, .error, "`\(path)` is null where \(expected) is expected", at: Label(node.span, "null"),
                    help: "write a value, or remove the key where it may be left out"))
            return
        }
        report(
            Diagnostic(
                .wrongKind, .error, "`\(path)` is \(node.kindNoun) where \(expected) is expected",
                at: Label(node.span, "expected \(expected)")))
    }

    mutating func reportEmpty(_ node: YAMLNode, at path: String, expected: String) {
        report(
            Diagnostic(
                .emptyValue, .error, "`\(path)` is empty where \(expected) is expected", at: Label(node.span, "empty"),
                help: "write a value, or remove the key where it may be left out"))
    }

    mutating func reportMissingKeys(in reader: SectionReader) {
        for key in reader.table.keys where key.presence == .required && reader.entry(key.name) == nil {
            report(
                Diagnostic(
                    .missingKey, .error, "\(reader.display) has no `\(key.name)`",
                    at: Label(reader.keySpan, "`\(key.name)` is missing here"), notes: [key.summary],
                    help: "add `\(key.name): \(key.example)`"))
        }
    }

    /// A closed name that does not exist: did-you-mean, and all those that do.
    mutating func reportUnknownName(_ name: Located<String>, at path: String, noun: String, known: [String]) {
        let nearest = Suggestion.nearest(to: name.value, in: known)
        report(
            Diagnostic(
                .unknownName, .error, "`\(path)` names the unknown \(noun) \(SecretText.display(name.value))",
                at: Label(name.span, "no such \(noun)"), notes: ["known: \(known.joined(separator: ", "))"],
                help: nearest.map { "did you mean `\($0)`?" },
                fixes: nearest.map {
                    [FixIt("write `\($0)`", .maybeIncorrect, edits: [TextEdit(name.span, $0)])]
                } ?? []))
    }

    /// The text as a YAML scalar: quoted where plain style would mean something else.
    private static func plainYAML(_ text: String) -> String {
        guard let first = text.utf8.first, first.isLetter || first.isDigit || first == .slash else {
            return "\"\(text)\""
        }
        return text
    }
}
