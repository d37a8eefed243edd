import CommandLineSyntax
import Diagnostics

/// Options and operands that several commands take.
enum SharedOptions {
    static let spec = Operand("SPEC", .required, .file, help: "the spec, connector.yaml; - reads standard input")

    static let stdinFilename = Option.value(
        "stdin-filename", "FILE", .file, help: "the name that findings give to a spec read from standard input")
    static let environment = Option.value(
        "environment", "NAME", .text, help: "apply the overlay of this name under environments: in the spec")

    static let nginx = Option.repeated(
        "nginx", "FILE", .file,
        help: "hold this deployed nginx file with server blocks, or what one includes, against the spec")

    static let env = Option.repeated(
        "env", "FILE[:DIALECT]", .file,
        help:
            "hold what this deployed file gives a process against the spec: an env file, a Compose file, a manifest, a "
            + "unit, a Dockerfile, an ecosystem file of PM2, or a folder with such files; several in load order")

    static let keycloak = Option.repeated(
        "keycloak", "FILE", .file,
        help: "hold this export of a Keycloak realm, or what status.sh --json printed, against the spec")

    static let format = Option.value(
        "format", "FORMAT", .choice(OutputFormat.allCases.map(\.rawValue)),
        help: "how findings are printed; human when none is given, github when GITHUB_ACTIONS is true")
    static let color = Option.value(
        "color", "WHEN", .choice(TerminalStyle.ColorOption.allCases.map(\.rawValue)),
        help: "colour in human output; auto asks the terminal")
    static let quiet = Option.flag("quiet", short: "q", help: "print findings and nothing else")

    static let out = Option.value(
        "out", short: "o", "DIR", .directory, help: "the output directory, replaced as a whole")
    static let templates = Option.value(
        "templates", "DIR", .directory, help: "take templates from this directory where it has them")
    static let check = Option.flag("check", help: "write nothing; exit 1 when the outputs would change")
    static let dryRun = Option.flag("dry-run", help: "write nothing; list what would be written")
    static let force = Option.flag("force", help: "overwrite outputs that were edited since the last build")

    static let reading = [stdinFilename, environment]
    static let reporting = [format, color, quiet]
    static let writing = [out, check, dryRun, templates, force]
}
