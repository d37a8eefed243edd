package import Diagnostics
import YAMLSyntax

extension LockFile {
    /// Reads a lock; nil with a finding when it is none, or one of another version.
    package static func read(_ file: SourceFile, id: FileID) -> (lock: LockFile?, diagnostics: [Diagnostic]) {
        let document = YAML.parse(file, id: id)
        guard let root = document.root, !document.diagnostics.hasErrors else { return (nil, document.diagnostics) }
        let version = root["lockVersion"]?.text
        guard version == String(Self.version) else {
            let found = version.map { "has version \($0)" } ?? "says no version"
            return refused("\(file.path) \(found), and this program reads version \(Self.version)", at: root.span)
        }
        guard let generator = root["generator"]?.text, let templates = root["templates"]?.text,
            let name = root["spec"]?["name"]?.text, let digest = root["spec"]?["sha256"]?.text,
            case .sequence(let items)? = root["outputs"]?.content
        else { return refused("\(file.path) lacks a part of a lock", at: root.span) }
        var outputs: [Output] = []
        outputs.reserveCapacity(items.count)
        for item in items {
            guard let path = item["path"]?.text, let sha256 = item["sha256"]?.text, sha256.utf8.count == 64,
                let mode = item["mode"]?.text.flatMap({ UInt16($0, radix: 8) })
            else { return refused("\(file.path) has an output without path, mode or digest", at: item.span) }
            outputs.append(
                Output(path: path, mode: mode, sha256: sha256, holdsSecrets: item["secrets"]?.text == "true"))
        }
        let lock = LockFile(
            generator: generator, templates: templates, specName: name, specDigest: digest, outputs: outputs)
        return (lock, [])
    }

    private static func refused(_ message: String, at span: Span) -> (LockFile?, [Diagnostic]) {
        let finding = Diagnostic(
            .lockUnreadable, .error, message, at: Label(span),
            help: "restore it from version control, or remove it and build again")
        return (nil, [finding])
    }
}

extension YAMLNode {
    fileprivate subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    fileprivate var text: String? {
        if case .scalar(let scalar) = content { scalar.text } else { nil }
    }
}
