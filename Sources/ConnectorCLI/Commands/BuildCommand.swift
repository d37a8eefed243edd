import CommandLineSyntax
import ConnectorBackends

/// `build SPEC --out DIR`: compiles a spec and replaces the output directory.
enum BuildCommand: RunnableCommand {
    static let command = Command(
        "build", "compile a spec into an output directory",
        discussion: [
            "Nothing is written when the spec has an error. Otherwise the output directory is replaced in one step: it "
                + "holds the old outputs or the new ones, whenever the build ends. Files that a build did not write "
                + "are kept and never overwritten; outputs that were edited by hand need --force.",
            "With --secrets the values stand in env files that their owner alone may read. connectorgen.lock keeps no "
                + "digest of such a file, so edits of it cannot be told: the next build replaces it, and leaves it where "
                + "it is when it is no longer an output.",
            "Each build that changes something makes a new directory and swaps it in. A container that bind-mounts the "
                + "output directory itself keeps the old one: mount the directory above it, or restart the container.",
        ],
        operands: [SharedOptions.spec],
        options: SharedOptions.writing + [only, secrets, SharedOptions.nginx] + SharedOptions.reading
            + SharedOptions.reporting,
        examples: [
            Example("connectorgen build connector.yaml --out out", "compiles a deployment into out/"),
            Example("connectorgen build connector.yaml --out out --check", "fails when out/ is not up to date"),
            Example(
                "connectorgen build connector.yaml --out out --secrets env",
                "writes the values of secrets, taken from the environment"),
        ])

    private static let only = Option.repeated(
        "only", "OUTPUT", .choice(BackendRegistry.names),
        help: "make this kind of output and keep the others as they are")
    private static let secrets = Option.value(
        "secrets", "SOURCE", .file,
        help: "put the values of secrets into env files: env takes them from the environment, else a file of NAME=value"
    )

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let kinds = invocation.values(only)
        return try Build(
            invocation, on: host, only: kinds.isEmpty ? nil : kinds, secrets: invocation.value(secrets)
        ).run()
    }
}
