import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecDecoder {
    /// A reference to a secret. A text in its place is taken for the secret itself and never shown.
    mutating func secret(_ key: String, in reader: SectionReader) -> Located<SecretReference>? {
        guard let entry = reader.entry(key) else { return nil }
        if case .scalar(let scalar) = entry.value.content, !entry.value.isNull {
            report(
                Self.barePath(scalar.text, at: entry.value.span, path: reader.path(of: key))
                    ?? Self.literalSecret(
                        length: scalar.text.utf8.count, at: entry.value.span, path: reader.path(of: key)))
            return nil
        }
        return section(key, in: reader, as: .secret).flatMap { secret(in: $0) }
    }

    /// `{ env: NAME }` or `{ file: PATH }`.
    mutating func secret(in reader: SectionReader) -> Located<SecretReference>? {
        guard requireOneKey(of: reader) else { return nil }
        if let name: Located<EnvironmentName> = value("env", in: reader) {
            return Located(.environment(name.value), at: name.span)
        }
        if let path: Located<FilePath> = value("file", in: reader) {
            return Located(.file(path.value.text), at: path.span)
        }
        return nil
    }

    /// `{ sha256: DIGEST }`, or a reference to the secret itself.
    mutating func serviceSecret(_ key: String, in reader: SectionReader) -> Located<ServiceTokenSection.Token>? {
        guard let entry = reader.entry(key) else { return nil }
        let path = reader.path(of: key)
        if case .scalar(let scalar) = entry.value.content, !entry.value.isNull {
            report(Self.literalSecret(length: scalar.text.utf8.count, at: entry.value.span, path: path))
            return nil
        }
        guard let section = section(key, in: reader, as: .serviceSecret), requireOneKey(of: section) else { return nil }
        guard let digest = section.entry("sha256") else {
            return secret(in: section).map { Located(.secret($0.value), at: $0.span) }
        }
        guard case .scalar(let scalar) = digest.value.content, !digest.value.isNull else {
            reportKind(of: digest.value, at: section.path(of: "sha256"), expected: SHA256Digest.noun)
            return nil
        }
        do throws(InvalidValue) {
            return Located(.digest(try SHA256Digest(parsing: scalar.text)), at: digest.value.span)
        } catch {
            // Without the text: somebody may have written the token itself.
            report(
                Diagnostic(
                    error.code, .error, "`\(section.path(of: "sha256"))` \(error.problem)",
                    at: Label(digest.value.span, "expected \(error.expected)"),
                    help: "write what `printf %s TOKEN | sha256sum` prints"))
            return nil
        }
    }

    /// The path of a file in place of a reference to it; nil for a text that may be the secret itself.
    private static func barePath(_ text: String, at span: Span, path: String) -> Diagnostic? {
        guard let file = try? FilePath(parsing: text), file.text.utf8.dropFirst().contains(.slash),
            file.text.utf8.allSatisfy({ $0.isUnreserved || $0 == .slash }), !SecretText.mayBeSecret(text)
        else { return nil }
        let reference = "{ file: \(file.text) }"
        return Diagnostic(
            .wrongKind, .error, "`\(path)` is a path where a reference is expected",
            at: Label(span, "expected `{ file: PATH }`"), help: "write `\(reference)`",
            fixes: [FixIt("write `\(reference)`", .maybeIncorrect, edits: [TextEdit(span, reference)])])
    }

    static func literalSecret(length: Int, at span: Span, path: String) -> Diagnostic {
        Diagnostic(
            .secretInSpec, .error,
            "`\(path)` holds a secret itself, set (len \(length)), where a reference belongs",
            at: Label(span, "a literal secret"),
            notes: ["the spec is read, copied and committed; what is in it is no secret any more"],
            help: "move it into the environment and write `{ env: NAME }`, or into a file and write `{ file: PATH }`")
    }

    /// Exactly one of the known keys of a section that is a choice between them.
    mutating func requireOneKey(of reader: SectionReader) -> Bool {
        let names = reader.table.keys.map(\.name)
        let known = reader.entries.filter { names.contains($0.key) }
        guard known.count != 1 else { return true }
        let listed = names.map { "`\($0)`" }.joined(separator: " or ")
        report(
            Diagnostic(
                .keyCombination, .error,
                "\(reader.display) needs exactly one of \(listed), and has \(known.isEmpty ? "none" : "several")",
                at: Label(known.dropFirst().first?.keySpan ?? reader.span, "expected \(listed)"),
                secondary: known.count > 1 ? [Label(known[0].keySpan, "first given here")] : [],
                help: "write `{ \(reader.table.keys[0].name): \(reader.table.keys[0].example) }`"))
        return false
    }
}
