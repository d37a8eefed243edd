package import Diagnostics

/// A file that a deployed file names.
package struct FileReference: Hashable, Sendable {
    /// From where the files were given: relative paths of the naming file are joined to its folder.
    package let path: String
    /// Where it is named; nil for one that a loader looks for by itself.
    package let span: Span?
    /// True where the loader goes on without it.
    package let isOptional: Bool
    package let kind: DeployedFileKind?

    init(_ path: String, at span: Span?, isOptional: Bool = false, as kind: DeployedFileKind? = nil) {
        self.path = path
        self.span = span
        self.isOptional = isOptional
        self.kind = kind
    }
}
