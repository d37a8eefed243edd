package import ConfigLanguages
package import Diagnostics
package import WebSyntax

/// One entry of `targets.env:`, a file of variables in one dialect.
package struct EnvTarget: Sendable {
    package typealias Dialect = VariableFileFormat

    package var file: Located<OutputFileName>
    package var dialect: Located<Dialect>
    /// The catalogue's name of a vocabulary: `dexter`, `farm`, `oauth-proxy`, `connectorgen`.
    package var vocabulary: Located<String>?
    package var variables: [VariableEntry]
    /// Which connector the variables speak of; may be left out when there is one.
    package var connector: Located<Name>?
    /// PM2: the name of the app.
    package var app: Located<String>?
    /// PM2: what it starts.
    package var script: Located<String>?
    /// PM2: the folder that the script starts in.
    package var workingDirectory: Located<FilePath>?
    /// PM2: what runs the script.
    package var interpreter: Located<String>?
    package var span: Span
}
