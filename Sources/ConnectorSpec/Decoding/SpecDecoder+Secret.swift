import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecValue<Located<SecretReference>> {
    /// A reference to a secret. A text in its place is taken for the secret itself and never shown.
    static var secret: Self {
        let keys = SecretSection.keys
        return Self(kind: .section(keys.table)) { decoder, place in
            if case .scalar(let scalar) = place.node.content, !place.node.isNull {
                decoder.report(
                    SpecDecoder.barePath(scalar.text, at: place.node.span, path: place.path)
                        ?? SpecDecoder.literalSecret(
                            length: scalar.text.utf8.count, at: place.node.span, path: place.path))
                return nil
            }
            return decoder.open(place, as: keys.table).flatMap { keys.read(&decoder, $0) }
        }
    }
}

extension SpecValue<Located<ServiceTokenSection.Token>> {
    /// `{ sha256: DIGEST }`, or a reference to the secret itself.
    static var serviceToken: Self {
        let keys = ServiceTokenSection.Token.keys
        return Self(kind: .section(keys.table)) { decoder, place in
            if case .scalar(let scalar) = place.node.content, !place.node.isNull {
                decoder.report(
                    SpecDecoder.literalSecret(
                        length: scalar.text.utf8.count, at: place.node.span, path: place.path))
                return nil
            }
            return decoder.open(place, as: keys.table).flatMap { keys.read(&decoder, $0) }
        }
    }
}

extension SpecValue<Located<SHA256Digest>> {
    /// A digest that no message repeats: somebody may have written the token itself.
    static var unquotedDigest: Self {
        Self(kind: .text(.digest)) { decoder, place in
            guard case .scalar(let scalar) = place.node.content, !place.node.isNull else {
                decoder.reportKind(of: place.node, at: place.path, expected: SHA256Digest.noun)
                return nil
            }
            do throws(InvalidValue) {
                return Located(try SHA256Digest(parsing: scalar.text), at: place.node.span)
            } catch {
                decoder.report(
                    Diagnostic(
                        error.code, .error, "`\(place.path)` \(error.problem)",
                        at: Label(place.node.span, "expected \(error.expected)"),
                        help: "write what `printf %s TOKEN | sha256sum` prints"))
                return nil
            }
        }
    }
}

extension SpecDecoder {
    /// The path of a file in place of a reference to it; nil for a text that may be the secret itself.
    fileprivate static func barePath(_ text: String, at span: Span, path: String) -> Diagnostic? {
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
