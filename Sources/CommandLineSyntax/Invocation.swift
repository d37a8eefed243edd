/// A command line that was understood: the command, its options and its operands.
package struct Invocation: Hashable, Sendable {
    package let command: Command
    private let flags: [String: Bool]
    private let values: [String: [String]]
    private let operands: [String: [String]]
    private let helpCommand: String

    init(
        command: Command, flags: [String: Bool], values: [String: [String]], operands: [String: [String]],
        helpCommand: String
    ) {
        self.command = command
        self.flags = flags
        self.values = values
        self.operands = operands
        self.helpCommand = helpCommand
    }

    /// True when the flag was given and not taken back by `--no-…`.
    package func flag(_ option: Option) -> Bool { flags[option.name] ?? false }

    /// True or false as a negatable flag was given; nil when it was not.
    package func given(_ option: Option) -> Bool? { flags[option.name] }

    /// The value of an option; nil when it was not given.
    package func value(_ option: Option) -> String? { values[option.name]?.last }

    /// The values of a repeated option in the order they were given.
    package func values(_ option: Option) -> [String] { values[option.name] ?? [] }

    /// The value of an option whose choices are the raw values of `Choice`.
    package func choice<Choice: RawRepresentable<String>>(_ option: Option, as: Choice.Type) -> Choice? {
        value(option).flatMap(Choice.init)
    }

    /// The value of an optional operand; nil when it was not given.
    package func operand(_ operand: Operand) -> String? { operands[operand.name]?.first }

    /// The value of a required operand; throws only when the command's table does not have it.
    package func required(_ operand: Operand) throws(UsageError) -> String {
        guard let value = self.operand(operand) else {
            throw UsageError("missing operand \(operand.name)", helpCommand: helpCommand)
        }
        return value
    }

    /// The values of an operand that may be given many times.
    package func operands(_ operand: Operand) -> [String] { operands[operand.name] ?? [] }

    /// The error for a command line whose parts are right and whose whole makes no sense.
    package func misuse(_ line: String) -> UsageError { UsageError(line, helpCommand: helpCommand) }
}
