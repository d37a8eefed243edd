package import ConfigLanguages
package import Diagnostics
package import WebSyntax

/// One entry of `targets.env:`, a file of variables in one dialect.
package struct EnvTarget: Sendable {
    package typealias Dialect = VariableFileFormat

    package var file: Located<OutputFileName>
    package var dialect: Located<Dialect>
    /// The catalogue's name of a preset: `dexter`, `farm`, `oauth-proxy`, `connectorgen`.
    package var preset: Located<String>?
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

extension EnvTarget {
    static let keys = SectionKeys<Self>(
        "targets.env[]", "One env file, in one dialect.",
        Key("file", .fileName, "Its name under env/.", example: "mcp.env"),
        Key("dialect", .choice(Dialect.self), "Who reads it.", example: "node"),
        Key(
            "preset", .preset, .optional("none"), "The variable names that the service expects.",
            example: "connectorgen"),
        Key(
            "variables", .variables, .optional("none"), "Further variables: a string, a value of the plan or a secret.",
            example: "{ LOG_LEVEL: info, MCP_URL: { from: connector.public_url } }"),
        Key(
            "connector", .name, .conditional("required when there are several connectors"),
            "The connector that the variables speak of.", example: "mcp"),
        Key(
            "app", .plain, .conditional("dialect pm2; default the deployment's name"), "The name of the PM2 app.",
            example: "mcp"),
        Key(
            "script", .plain, .conditional("required for dialect pm2"),
            "PM2: the program that it starts; a relative path begins at `cwd`.", example: "server.mjs"),
        Key(
            "cwd", .filePath, .conditional("dialect pm2; default where pm2 is called"),
            "PM2: the folder that the program starts in.", example: "/srv/mcp"),
        Key(
            "interpreter", .plain, .conditional("dialect pm2; default by the script's extension"),
            "PM2: what runs the script; `none` for a program of its own.", example: "python3")
    ) {
        EnvTarget(
            file: $1, dialect: $2, preset: $3, variables: $4 ?? [], connector: $5, app: $6, script: $7,
            workingDirectory: $8, interpreter: $9, span: $0.span)
    }
}
