import Diagnostics
import YAMLSyntax

/// A text read as YAML, and the way from spans back to the text.
struct YAMLSample {
    let source: SourceFile
    let document: YAMLDocument

    init(_ text: String, limits: YAMLLimits = .standard) {
        self.init(bytes: Array(text.utf8), limits: limits)
    }

    init(bytes: [UInt8], limits: YAMLLimits = .standard) {
        source = SourceFile(path: "connector.yaml", bytes: bytes)
        document = YAML.parse(source, id: FileID(0), limits: limits)
    }

    var root: YAMLNode? { document.root }

    func cut(_ span: Span?) -> String? {
        span.map { String(decoding: source.bytes[$0.start..<$0.end], as: UTF8.self) }
    }

    /// The source text of the value at a path.
    func text(at path: String) -> String? { cut(place(path)?.node.span) }

    /// The source text of the key at a path.
    func key(at path: String) -> String? { cut(place(path)?.keySpan) }

    func place(_ path: String) -> YAMLPlace? {
        YAMLPath(parsing: path).flatMap { path in root.flatMap { $0.lookup(path) } }
    }

    /// The values of the scalar at a path by the core schema.
    func value(at path: String) -> YAMLValue? { place(path)?.node.scalar?.resolved }

    var codes: [String] { document.diagnostics.map(\.code.name) }

    /// `code@line:column "text at the primary span"`, one for each finding.
    var findings: [String] {
        document.diagnostics.map { diagnostic in
            guard let span = diagnostic.primary?.span else { return diagnostic.code.name }
            let position = source.position(at: span.start)
            return "\(diagnostic.code.name)@\(position.line):\(position.column) \(cut(span) ?? "")"
        }
    }
}
