package import Diagnostics
package import YAMLSyntax

/// The files of one run, each with what it is to the compiler. Diagnostics, origins and suppressions speak of all of
/// them by their ids.
package struct Workspace: Sendable {
    package enum Role: Hashable, Sendable, CaseIterable {
        case spec
        /// In the place of a built-in template.
        case template
        /// Values for secret references, which no report quotes.
        case secrets
        /// An nginx file that is deployed, with server blocks or with what one includes.
        case observedNginx
    }

    package private(set) var sources: SourceMap
    private var files: [(id: FileID, role: Role)]
    package let spec: FileID
    /// The spec, read once.
    package let document: YAMLDocument

    /// `earlier` is that of another spec of the same run: diagnostics then speak of the files of both, and what it
    /// observed is observed here too.
    package init(spec file: SourceFile, after earlier: Workspace? = nil) {
        sources = earlier?.sources ?? SourceMap()
        spec = sources.add(file)
        document = YAML.parse(file, id: spec)
        files = [(spec, .spec)] + (earlier?.files.filter { $0.role == .observedNginx } ?? [])
    }

    @discardableResult
    package mutating func add(_ file: SourceFile, as role: Role) -> FileID {
        let id = sources.add(file)
        files.append((id, role))
        return id
    }

    /// In the order in which they were added.
    package func files(as role: Role) -> [FileID] { files.filter { $0.role == role }.map(\.id) }
}
