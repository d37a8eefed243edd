import Testing

@testable import CommandLineSyntax

@Suite struct ParserTests {
    private func run(_ line: String, _ program: CommandLineProgram = sampleProgram) throws -> Invocation {
        let request = try program.parse(line.split(separator: " ").map(String.init))
        guard case .run(let invocation) = request else { throw NotAnInvocation() }
        return invocation
    }

    private struct NotAnInvocation: Error {}

    @Test(
        "options and operands are understood in every order and spelling",
        arguments: [
            "build a.yaml --out o --only env --only nginx -q",
            "build --out=o a.yaml -q --only=env --only nginx",
            "-q build -o o --only env a.yaml --only nginx",
            "--quiet build -oo --only env --only nginx -- a.yaml",
            "build -qo o --only env --only nginx a.yaml",
            "build -o=o --only env a.yaml --only nginx --quiet",
        ])
    func spellings(line: String) throws {
        let invocation = try run(line)
        #expect(invocation.command.name == "build")
        #expect(invocation.value(.out) == "o")
        #expect(invocation.values(.only) == ["env", "nginx"])
        #expect(invocation.flag(.quiet))
        #expect(!invocation.flag(.check))
        #expect(invocation.operand(.spec) == "a.yaml")
        #expect(try invocation.required(.spec) == "a.yaml")
    }

    @Test("a dash is an operand and a value, and behind two dashes all are operands")
    func dashes() throws {
        #expect(try run("build -").operand(.spec) == "-")
        #expect(try run("build --secrets -").value(.secrets) == "-")
        #expect(try run("build -- --out").operand(.spec) == "--out")
        #expect(try run("build -- help").operand(.spec) == "help")
        #expect(try run("diff -- a -- b").operands(.files) == ["--", "b"])
    }

    @Test("a value may hold signs of any kind behind an equals sign")
    func values() throws {
        #expect(try run("build --out=--check").value(.out) == "--check")
        #expect(try run("build --out=a=b").value(.out) == "a=b")
    }

    @Test("the last of a flag and its negation counts")
    func negation() throws {
        #expect(try run("build").given(.color) == nil)
        #expect(try run("build --color --no-color").given(.color) == false)
        #expect(try run("build --no-color --color").flag(.color))
    }

    @Test("commands below commands are found by their longest name")
    func nested() throws {
        #expect(try run("routes list x.yaml").command.name == "routes list")
        #expect(try run("routes x.yaml").command.name == "routes")
        #expect(try run("routes -- list").operand(.spec) == "list")
        let trace = try run("routes trace https://a.example/ x.yaml")
        #expect(trace.operand(.url) == "https://a.example/")
        #expect(trace.operand(.spec) == "x.yaml")
    }

    @Test("required operands are served before optional ones")
    func arity() throws {
        let one = try run("diff a")
        #expect(one.operand(.spec) == nil)
        #expect(one.operands(.files) == ["a"])
        let many = try run("diff a b c")
        #expect(many.operand(.spec) == "a")
        #expect(many.operands(.files) == ["b", "c"])
    }

    @Test("a program can run without a command and still have some")
    func defaultCommand() throws {
        #expect(try run("--check", sampleServer).flag(.check))
        #expect(try run("--config x", sampleServer).command.name == "serve")
        #expect(try run("hash-password", sampleServer).command.name == "hash-password")
        #expect(throws: UsageError.self) { try run("hash-password --config x", sampleServer) }
        #expect(throws: UsageError.self) { try run("--config x hash-password", sampleServer) }
    }

    @Test("help and version are answered wherever they stand")
    func help() throws {
        let build = sampleProgram.commands[0]
        #expect(try sampleProgram.parse(["--help"]) == .help(nil))
        #expect(try sampleProgram.parse(["-h"]) == .help(nil))
        #expect(try sampleProgram.parse(["help"]) == .help(nil))
        #expect(try sampleProgram.parse(["help", "build"]) == .help(build))
        #expect(try sampleProgram.parse(["help", "routes", "trace"]) == .help(sampleProgram.commands[4]))
        #expect(try sampleProgram.parse(["build", "--help"]) == .help(build))
        #expect(try sampleProgram.parse(["build", "-ch", "--nonsense"]) == .help(build))
        #expect(try sampleProgram.parse(["--version"]) == .version)
        #expect(try sampleProgram.parse(["build", "--version"]) == .version)
        #expect(sampleProgram.versionLine == "connectorgen 0.1.0")
    }

    @Test(
        "a wrong command line is told in one line, with the nearest spelling",
        arguments: [
            ("", "no command given", nil, "connectorgen --help"),
            ("buidl", "unknown command buidl", "build", "connectorgen --help"),
            ("help buidl", "unknown command buidl", "build", "connectorgen --help"),
            ("zzz", "unknown command zzz", nil, "connectorgen --help"),
            ("build --ouy x", "unknown option --ouy", "--out", "connectorgen build --help"),
            ("build -x", "unknown option -x", nil, "connectorgen build --help"),
            ("build --no-check", "unknown option --no-check", "--check", "connectorgen build --help"),
            ("build --out", "option --out needs a value, DIR", nil, "connectorgen build --help"),
            ("build --out=", "option --out needs a value, DIR", nil, "connectorgen build --help"),
            (
                "build -o --check",
                "option -o needs a value, DIR; a value that begins with a dash is written `--out=--check`", nil,
                "connectorgen build --help"
            ),
            ("build --check=yes", "option --check takes no value", nil, "connectorgen build --help"),
            ("build -c=yes", "option -c takes no value", nil, "connectorgen build --help"),
            ("build --out a --out b", "option --out was given twice", nil, "connectorgen build --help"),
            (
                "--format jsno build",
                "option --format has the unknown value jsno; expected one of human, short, json", "json",
                "connectorgen --help"
            ),
            (
                "completion bsh", "operand SHELL has the unknown value bsh; expected one of bash, zsh, fish", "bash",
                "connectorgen completion --help"
            ),
            ("build a b", "unexpected operand b", nil, "connectorgen build --help"),
            (
                "routes trace", "missing operand URL: the URL that a client asks for", nil,
                "connectorgen routes trace --help"
            ),
            (
                "--out x build", "option --out belongs behind the command, as in `connectorgen build --out`", nil,
                "connectorgen --help"
            ),
        ] as [(String, String, String?, String)])
    func errors(line: String, message: String, suggestion: String?, help: String) {
        #expect(throws: UsageError(message, suggestion: suggestion, helpCommand: help)) {
            try sampleProgram.parse(line.split(separator: " ").map(String.init))
        }
    }

    @Test("an error text is two short lines, and what was typed cannot steer the terminal")
    func errorText() {
        let error = UsageError("unknown option --ouy", suggestion: "--out", helpCommand: "connectorgen build --help")
        #expect(
            error.text(program: "connectorgen") == """
                connectorgen: unknown option --ouy; did you mean --out?
                Try: connectorgen build --help

                """)
        #expect(throws: UsageError("unknown command a\\u{1b}[2J", helpCommand: "connectorgen --help")) {
            try sampleProgram.parse(["a\u{1b}[2J"])
        }
    }
}
