/// The one table of an executable: the parser, the help pages, the shell completions and the manual pages
/// are all read from it, so they cannot disagree.
///
/// A program has commands, or a default command that runs when no command is named, or both. `help`,
/// `--help`, `-h` and `--version` are part of every program and are not listed.
package struct CommandLineProgram: Sendable {
    /// The name of the executable.
    package let name: String
    /// What it is for, in one line without a full stop.
    package let summary: String
    package let version: String
    /// Paragraphs for the help and manual page of the program.
    package let discussion: [String]
    /// What runs when no command is named; nil when one must be named. Its own name is never typed.
    package let defaultCommand: Command?
    package let commands: [Command]
    /// Options that every command takes, before or after its name.
    package let options: [Option]
    package let exitCodes: [ExitCode]
    package let environment: [EnvironmentVariable]
    package let examples: [Example]

    package init(
        name: String,
        summary: String,
        version: String,
        discussion: [String] = [],
        defaultCommand: Command? = nil,
        commands: [Command] = [],
        options: [Option] = [],
        exitCodes: [ExitCode] = [],
        environment: [EnvironmentVariable] = [],
        examples: [Example] = []
    ) {
        self.name = name
        self.summary = summary
        self.version = version
        self.discussion = discussion
        self.defaultCommand = defaultCommand
        self.commands = commands
        self.options = options
        self.exitCodes = exitCodes
        self.environment = environment
        self.examples = examples
    }

    /// An exit status and what it says.
    package struct ExitCode: Hashable, Sendable {
        package let status: Int32
        package let meaning: String

        package init(_ status: Int32, _ meaning: String) {
            self.status = status
            self.meaning = meaning
        }
    }

    /// A variable that the program reads, and what for.
    package struct EnvironmentVariable: Hashable, Sendable {
        package let name: String
        package let meaning: String

        package init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }

    /// The options that can be given with a command, the built-in ones included.
    func options(of command: Command?) -> [Option] {
        (command?.options ?? []) + options + [.help, .version]
    }
}

/// A command line that works as it stands, and what it does.
package struct Example: Hashable, Sendable {
    package let commandLine: String
    package let explanation: String

    package init(_ commandLine: String, _ explanation: String) {
        self.commandLine = commandLine
        self.explanation = explanation
    }
}
