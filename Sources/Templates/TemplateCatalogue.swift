package import ConfigLanguages
import ContentDigest
package import Diagnostics

/// The skeletons by name, of the binary or of `--templates DIR`.
///
/// It owns the wording and the frames of outputs, never their data: a value comes in as a fragment of the
/// skeleton's language, and a skeleton that does not use exactly the holes of its ``Skeleton`` is refused
/// before anything is rendered.
package struct TemplateCatalogue: Sendable {
    private struct Entry: Sendable {
        let template: Template
        /// Nil for the skeletons of the binary.
        let source: FileID?
    }

    private let family: TemplateFamily
    private var entries: [String: Entry] = [:]

    /// The skeletons of outputs that were compiled in.
    package static let builtin = TemplateCatalogue(.outputs)
    /// The skeletons of pages that were compiled in.
    static let builtinPages = TemplateCatalogue(.pages)

    private init(_ family: TemplateFamily) {
        self.family = family
        for skeleton in AnySkeleton.all(of: family) {
            guard let file = EmbeddedFile.named(skeleton.file) else { continue }
            entries[file.name] = Entry(template: Template(parsing: file.bytes, as: skeleton), source: nil)
        }
    }

    /// The builtin skeletons with those of a directory in their place; what is wrong with the files is told,
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
            guard let skeleton = AnySkeleton.all(of: family).first(where: { $0.file == file.name }) else {
                if !TemplateFamily.allFileNames.contains(file.name) { diagnostics.append(unknown(file)) }
                continue
            }
            let entry = Entry(template: Template(parsing: file.bytes, as: skeleton), source: file.source)
            catalogue.entries[file.name] = entry
            diagnostics += Self.problems(of: entry, named: file.name)
        }
        return (catalogue, diagnostics)
    }

    /// The skeleton with its values, or every reason why it cannot be.
    package func render<Language>(
        _ skeleton: Skeleton<Language>, _ values: [String: Fragment<Language>], countsLines: Bool = true
    ) throws(TemplateFailure) -> RenderedTemplate {
        guard let entry = entries[skeleton.file] else {
            let message = "the template \(skeleton.file) is not in this program"
            throw TemplateFailure([Diagnostic(.templateFileUnknown, .error, message, at: nil)])
        }
        var diagnostics = Self.problems(of: entry, named: skeleton.file)
        diagnostics += Self.mismatches(of: values, with: skeleton, source: entry.source)
        guard diagnostics.isEmpty else { throw TemplateFailure(diagnostics) }
        return RenderedTemplate(entry.template, values, countsLines: countsLines)
    }

    /// SHA-256 over all skeletons, 64 hexadecimal digits: the lock tells by it that wording changed.
    package var digest: String {
        var bytes: [UInt8] = []
        for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
            bytes += Array("\(name)\n\(entry.template.bytes.count)\n".utf8)
            bytes += entry.template.bytes
        }
        return SHA256.hex(bytes)
    }

    /// The source of a skeleton that a directory brought; nil for one of the binary.
    func source<Language>(of skeleton: Skeleton<Language>) -> FileID? { entries[skeleton.file]?.source }

    /// What is wrong with the builtin skeletons themselves; tests hold it empty.
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
        of values: [String: Fragment<Language>], with skeleton: Skeleton<Language>, source: FileID?
    ) -> [Diagnostic] {
        let place = source.map { Label(Span($0, 0, 0)) }
        var diagnostics: [Diagnostic] = []
        for hole in skeleton.holes {
            guard let value = values[hole.name] else {
                let message = "\(skeleton.file): no value came for `\(hole.spelling)`"
                diagnostics.append(Diagnostic(.templateValueMissing, .error, message, at: place))
                continue
            }
            if hole.form == .inline, value.bytes.contains(UInt8(ascii: "\n")) {
                let message = "\(skeleton.file): the value of `\(hole.spelling)` has more than one line"
                diagnostics.append(Diagnostic(.templateValueManyLines, .error, message, at: place))
            }
        }
        // As many values as holes, and each hole has one.
        if diagnostics.isEmpty, values.count == skeleton.holes.count { return [] }
        for name in values.keys.sorted() where !skeleton.holes.contains(where: { $0.name == name }) {
            let message = "\(skeleton.file): a value came for `\(name)`, which is no hole of it"
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
        case .unknownHole: .templateHoleUnknown
        case .unusedHole: .templateHoleUnused
        case .misplacedHole: .templateHoleMisplaced
        case .bytes: .templateBytes
        case .tooLarge: .templateTooLarge
        case .refused: .templateRefused
        }
    }
}

/// Why a skeleton could not be rendered.
package struct TemplateFailure: Error, Sendable {
    package let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
