/// What a set of templates is for.
package enum TemplateFamily: Hashable, Sendable, CaseIterable {
    /// What `connectorgen build` writes.
    case outputs
    /// What `connectorgen-auth` shows to people.
    case pages

    /// The paths that a `--templates` directory may hold for it, sorted.
    package var fileNames: [String] {
        (AnyTemplateDefinition.all(of: self).map(\.file) + (self == .pages ? [PageTexts.file] : [])).sorted()
    }

    /// Those of both executables.
    static var allFileNames: [String] { allCases.flatMap(\.fileNames).sorted() }
}
