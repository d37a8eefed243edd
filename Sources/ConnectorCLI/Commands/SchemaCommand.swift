import CommandLineSyntax
import ConnectorSpec

/// `schema`: the JSON Schema of the spec on standard output.
enum SchemaCommand: RunnableCommand {
    static let command = Command(
        "schema", "print the JSON Schema of the spec",
        discussion: [
            "JSON Schema 2020-12, for editors: write it to a file and begin the spec with "
                + "`# yaml-language-server: $schema=connectorgen.schema.json`."
        ],
        examples: [
            Example("connectorgen schema > connectorgen.schema.json", "completion and checks in editors")
        ])

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        CommandResult(SpecSchema.text)
    }
}
