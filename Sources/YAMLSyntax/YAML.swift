package import Diagnostics

/// What one file of YAML holds.
package struct YAMLDocument: Sendable {
    /// Nil when the file could not be read to its end; there is an error in `diagnostics` then.
    package let root: YAMLNode?
    package let diagnostics: [Diagnostic]

    package init(root: YAMLNode?, diagnostics: [Diagnostic]) {
        self.root = root
        self.diagnostics = diagnostics
    }
}

/// Reads YAML 1.2 into nodes whose spans are exact.
///
/// It owns what the syntax decides: encoding, nesting, aliases, merge keys, duplicate keys, tags and
/// limits. It refuses whatever would make a file mean two things. What the values say is for others.
package enum YAML {
    package static func parse(_ source: SourceFile, id: FileID, limits: YAMLLimits = .standard) -> YAMLDocument {
        guard source.bytes.count <= limits.bytes else {
            return refused(
                Diagnostic(
                    .yamlTooLarge,
                    "the file has \(source.bytes.count) bytes, more than the \(limits.bytes) that are read",
                    at: Label(Span(id, 0, 0)), help: "split it, or look whether the right file was given"))
        }
        let text: YAMLText
        switch YAMLText.checked(source, id: id) {
        case .failure(let refusal): return refused(refusal.diagnostic)
        case .success(let checked): text = checked
        }
        var composer = YAMLComposer(text, limits: limits)
        do throws(LibYAMLError) {
            var parser = try LibYAMLParser(source.bytes, start: text.start, isASCII: text.isASCII)
            while !composer.isFinished, let event = try parser.next() { composer.take(event) }
        } catch {
            composer.fail(with: text.diagnostic(for: error))
        }
        return composer.document()
    }

    private static func refused(_ diagnostic: Diagnostic) -> YAMLDocument {
        YAMLDocument(root: nil, diagnostics: [diagnostic])
    }
}
