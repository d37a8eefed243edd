extension CommandLineProgram {
    /// What a command line asks for.
    package enum Request: Hashable, Sendable {
        case run(Invocation)
        /// The help page of a command, or of the program; print it to standard output and exit 0.
        case help(Command?)
        /// Print name and version to standard output and exit 0.
        case version
    }

    /// Reads the arguments, without the program's name.
    package func parse(_ arguments: [String]) throws(UsageError) -> Request {
        var parser = CommandLineParser(program: self, arguments: arguments)
        return try parser.parse()
    }

    /// The line for `--version`: `connectorgen 0.1.0`.
    package var versionLine: String { "\(name) \(version)" }

    /// What one types to read about a command.
    func helpCommand(_ command: Command?) -> String {
        guard let command, command != defaultCommand else { return "\(name) --help" }
        return "\(name) \(command.name) --help"
    }
}
