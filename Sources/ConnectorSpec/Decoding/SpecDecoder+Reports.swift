import Diagnostics
import WebSyntax
import YAMLSyntax

extension SpecDecoder {
    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// A text that its type refuses.
    mutating func report(_ error: InvalidValue, text: String, at node: YAMLNode, path: String) {
        // What was made of a secret is nearly the secret.
        let suggestion = SecretText.mayBeSecret(text) ? nil : error.suggestion
        var fixes: [FixIt] = []
        if let suggestion {
            let edit = TextEdit(node.span, Self.plainYAML(suggestion))
            fixes = [FixIt("write `\(suggestion)`", .maybeIncorrect, edits: [edit])]
        }
        report(
            Diagnostic(
                error.code, .error, "`\(path)` \(error.problem): \(SecretText.display(text))",
                at: Label(node.span, "expected \(error.expected)"),
                notes: suggestion == nil ? [] : ["expected \(error.expected)"],
                help: suggestion.map { "did you mean `\($0)`?" } ?? "expected \(error.expected)", fixes: fixes))
    }

    /// A node of another kind than the key wants.
    ///
    /// Of an alias to nothing it says no more than was said of it already.
    mutating func reportKind(of node: YAMLNode, at path: String, expected: String) {
        if node.isUndefined { return }
        if node.isNull {
            report(
                Diagnostic(
                    .nullValue, .error, "`\(path)` is null where \(expected) is expected", at: Label(node.span, "null"),
                    notes: sources.noteOfComment(behind: node.span).map { [$0] } ?? [],
                    help: "write a value, or remove the key where it may be left out"))
            return
        }
        var help = "write \(expected)"
        var fixes: [FixIt] = []
        if expected == "a list", let text = node.scalar?.text, !SecretText.mayBeSecret(text) {
            let list = Self.list(of: text)
            help = "write a list, `\(list)`"
            fixes = [FixIt("write `\(list)`", .maybeIncorrect, edits: [TextEdit(node.span, list)])]
        }
        report(
            Diagnostic(
                .wrongKind, .error, "`\(path)` is \(node.kindNoun) where \(expected) is expected",
                at: Label(node.span, "expected \(expected)"), help: help, fixes: fixes))
    }

    /// The words of one text as a list of YAML.
    private static func list(of text: String) -> String {
        let words = text.split { $0 == " " || $0 == "," }.map { plainYAML(String($0)) }
        return "[\(words.joined(separator: ", "))]"
    }

    mutating func reportEmpty(_ node: YAMLNode, at path: String, expected: String) {
        report(
            Diagnostic(
                .emptyValue, .error, "`\(path)` is empty where \(expected) is expected", at: Label(node.span, "empty"),
                help: "write a value, or remove the key where it may be left out"))
    }

    mutating func reportMissingKeys(in reader: SectionReader) {
        reportMissing(
            reader.table.keys.filter { $0.requirement == .required && reader.entry($0.name) == nil }, in: reader)
    }

    /// Keys without which a section is nothing, and which it does not have.
    mutating func reportMissing(_ missing: [SpecKey], in reader: SectionReader) {
        guard !missing.isEmpty else { return }
        // A misspelt key is reported as such, and is not missing too.
        let misspelt = reader.entries.filter { reader.table.key($0.key) == nil }
            .compactMap { reader.table.nearestKey(to: $0.key) }
        for key in missing where !misspelt.contains(key.name) {
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
