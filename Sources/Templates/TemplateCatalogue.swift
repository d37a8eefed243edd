package import ConfigLanguages
import ContentDigest
package import Diagnostics

/// The templates by name, of the binary or of `--templates DIR`.
///
/// It owns the wording and the frames of outputs, never their data: a value comes in as a fragment of the
/// template's language, and a template that does not use exactly the placeholders of its ``TemplateDefinition`` is
/// refused before anything is rendered.
package struct TemplateCatalogue: Sendable {
    private struct Entry: Sendable {
        let template: Template
        /// Nil for the templates of the binary.
        let source: FileID?
    }

    private let family: TemplateFamily
    private var entries: [String: Entry] = [:]

    /// The templates of outputs that were compiled in.
    package static let builtin = TemplateCatalogue(.outputs)
    /// The templates of pages that were compiled in.
    static let builtinPages = TemplateCatalogue(.pages)

    private init(_ family: TemplateFamily) {
        self.family = family
        for definition in AnyTemplateDefinition.all(of: family) {
            guard let file = EmbeddedFile.named(definition.file) else { continue }
            entries[file.name] = Entry(template: Template(parsing: file.bytes, as: definition), source: nil)
        }
    }

    /// The builtin templates with those of a directory in their place; what is wrong with the files is told,
    /// and such a catalogue must not be rendered from.
    ///
    /// One directory may serve both executables: files of the other family are passed over.
    package static func load(
        _ files: [TemplateFile]
    ) -> (catalogue: TemplateCatalogue, diagnostics: [Diagnostic]) {
        builtin.loading(files)
    }

    func loading(_ files: [TemplateFile]) -> (catalogue: TemplateCatalogue, diagnostics: [Diagnostic]) {
        var catalogue = self
        var diagnostics: [Diagnostic] = []
        for file in files {
            guard let definition = AnyTemplateDefinition.all(of: family).first(where: { $0.file == file.name }) else {
                if !TemplateFamily.allFileNames.contains(file.name) { diagnostics.append(unknown(file)) }
                continue
            }
            let entry = Entry(template: Template(parsing: file.bytes, as: definition), source: file.source)
            catalogue.entries[file.name] = entry
            diagnostics += Self.problems(of: entry, named: file.name)
        }
        return (catalogue, diagnostics)
    }

    /// The template with its values, or every reason why it cannot be.
    package func render<Language>(
        _ definition: TemplateDefinition<Language>, _ values: [String: Fragment<Language>], countsLines: Bool = true
    ) throws(TemplateFailure) -> RenderedTemplate {
        guard let entry = entries[definition.file] else {
            let message = "the template \(definition.file) is not in this program"
            throw TemplateFailure([Diagnostic(.templateFileUnknown, .error, message, at: nil)])
        }
        var diagnostics = Self.problems(of: entry, named: definition.file)
        diagnostics += Self.mismatches(of: values, with: definition, source: entry.source)
        guard diagnostics.isEmpty else { throw TemplateFailure(diagnostics) }
        return RenderedTemplate(entry.template, values, countsLines: countsLines)
    }

    /// SHA-256 over all templates, 64 hexadecimal digits: the lock tells by it that wording changed.
    package var digest: String {
        var bytes: [UInt8] = []
        for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
            bytes += Array("\(name)\n\(entry.template.bytes.count)\n".utf8)
            bytes += entry.template.bytes
        }
        return SHA256.hex(bytes)
    }

    /// The source of a template that a directory brought; nil for one of the binary.
    func source<Language>(of definition: TemplateDefinition<Language>) -> FileID? { entries[definition.file]?.source }

    /// What is wrong with the builtin templates themselves; tests hold it empty.
    var problems: [Diagnostic] {
        entries.sorted { $0.key < $1.key }.flatMap { Self.problems(of: $0.value, named: $0.key) }
    }
}

extension TemplateCatalogue {
    private static func problems(of entry: Entry, named name: String) -> [Diagnostic] {
        entry.template.problems.map { problem in
            Diagnostic(
                problem.kind.code, .error, "\(name):\(problem.line): \(problem.message)",
                at: entry.source.map { Label(Span($0, problem.range.lowerBound, problem.range.upperBound)) },
                help: problem.help)
        }
    }

    private static func mismatches<Language>(
        of values: [String: Fragment<Language>], with definition: TemplateDefinition<Language>, source: FileID?
    ) -> [Diagnostic] {
        let place = source.map { Label(Span($0, 0, 0)) }
        var diagnostics: [Diagnostic] = []
        for placeholder in definition.placeholders {
            guard let value = values[placeholder.name] else {
                let message = "\(definition.file): no value came for `\(placeholder.spelling)`"
                diagnostics.append(Diagnostic(.templateValueMissing, .error, message, at: place))
                continue
            }
            if placeholder.form == .inline, value.bytes.contains(UInt8(ascii: "\n")) {
                let message = "\(definition.file): the value of `\(placeholder.spelling)` has more than one line"
                diagnostics.append(Diagnostic(.templateValueManyLines, .error, message, at: place))
            }
        }
        // As many values as placeholders, and each placeholder has one.
        if diagnostics.isEmpty, values.count == definition.placeholders.count { return [] }
        for name in values.keys.sorted() where !definition.placeholders.contains(where: { $0.name == name }) {
            let message = "\(definition.file): a value came for `\(name)`, which is no placeholder of it"
            diagnostics.append(Diagnostic(.templateValueUnknown, .error, message, at: place))
        }
        return diagnostics
    }

    private func unknown(_ file: TemplateFile) -> Diagnostic {
        let allowed = "templates are: \(family.fileNames.joined(separator: ", "))"
        let nearest = Suggestion.nearest(to: file.name, in: TemplateFamily.allFileNames)
        return Diagnostic(
            .templateFileUnknown, .error, "there is no template named \(file.name)", at: Label(Span(file.source, 0, 0)),
            help: nearest.map { "did you mean \($0)? \(allowed)" } ?? allowed)
    }
}

extension Template.Problem.Kind {
    var code: DiagnosticCode {
        switch self {
        case .syntax: .templateSyntax
        case .unknownPlaceholder: .templatePlaceholderUnknown
        case .unusedPlaceholder: .templatePlaceholderUnused
        case .misplacedPlaceholder: .templatePlaceholderMisplaced
        case .bytes: .templateBytes
        case .tooLarge: .templateTooLarge
        case .refused: .templateRefused
        }
    }
}

/// Why a template could not be rendered.
package struct TemplateFailure: Error, Sendable {
    package let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
