package import Diagnostics

/// One file of a `--templates` directory, read by the caller and added to the run's ``SourceMap``.
package struct TemplateFile: Sendable {
    /// The path below the directory, `nginx/http.conf.tmpl`.
    package let name: String
    package let source: FileID
    package let bytes: [UInt8]

    package init(name: String, source: FileID, bytes: [UInt8]) {
        self.name = name
        self.source = source
        self.bytes = bytes
    }
}
