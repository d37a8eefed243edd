import CommandLineSyntax

extension Option {
    static let format = Option.value(
        "format", "FORMAT", .choice(["human", "short", "json"]), help: "how to print findings")
    static let quiet = Option.flag("quiet", short: "q", help: "print nothing but findings")
    static let out = Option.value("out", short: "o", "DIR", .directory, help: "where to write; made when it is missing")
    static let check = Option.flag(
        "check", short: "c", help: "write nothing; exit 1 when [something] would change: \"so\"")
    static let only = Option.repeated(
        "only", "KIND", .choice(["nginx", "env", "keycloak"]), help: "build these outputs alone")
    static let secrets = Option.value("secrets", "FILE", .file, help: "a file with values for secret references")
    static let color = Option.flag("color", negatable: true, help: "colour the output")
    static let name = Option.value("name", "NAME", help: "the connector's name")
}

extension Operand {
    static let spec = Operand("SPEC", .optional, .file, help: "the spec; connector.yaml when left out")
    static let url = Operand("URL", help: "the URL that a client asks for")
    static let files = Operand("FILE", .oneOrMore, .file, help: "files to compare")
    static let shell = Operand("SHELL", .required, .choice(["bash", "zsh", "fish"]), help: "the shell to complete in")
}

/// A program with commands, commands below commands and every kind of option and operand.
let sampleProgram = CommandLineProgram(
    name: "connectorgen",
    summary: "compile one spec into a deployment",
    version: "0.1.0",
    discussion: ["Reads a spec and writes what nginx, the services and Keycloak need. It's quiet when piped."],
    commands: [
        Command(
            "build", "compile the spec",
            discussion: [".dots and 'quotes' begin this paragraph", "A second one: \\ ~ ^ é"],
            operands: [.spec], options: [.out, .check, .only, .secrets, .color],
            examples: [Example("connectorgen build connector.yaml --out out", "write the deployment into out/")]),
        Command("diff", "compare files", operands: [.spec, .files]),
        Command("routes", "regenerate routes", operands: [.spec], options: [.out]),
        Command("routes list", "list the routes", operands: [.spec]),
        Command("routes trace", "say where a URL goes", operands: [.url, .spec], options: [.name]),
        Command("completion", "print a completion script", operands: [.shell]),
    ],
    options: [.format, .quiet],
    exitCodes: [.init(0, "clean"), .init(2, "usage error")],
    environment: [.init("NO_COLOR", "no colour when set and not empty")],
    examples: [Example("connectorgen build", "compile connector.yaml")])

/// A program that does one thing when no command is named.
let sampleServer = CommandLineProgram(
    name: "connectorgen-auth",
    summary: "serve OAuth for MCP connectors",
    version: "0.1.0",
    defaultCommand: Command(
        "serve", "serve OAuth for MCP connectors",
        options: [.value("config", "FILE", .file, help: "the runtime configuration"), .check],
        examples: [Example("connectorgen-auth --config out/runtime/connectorgen-auth.json", "serve")]),
    commands: [Command("hash-password", "print the hash of a password read from standard input")])
