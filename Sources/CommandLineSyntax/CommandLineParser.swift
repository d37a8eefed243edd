import Diagnostics

/// One pass over the arguments. Options may stand before and after operands; behind `--` all are operands.
struct CommandLineParser {
    let program: CommandLineProgram
    let arguments: [String]
    var index = 0
    /// Nil until a command was named.
    private var command: Command?
    private var flags: [String: Bool] = [:]
    private var values: [String: [String]] = [:]
    private var operands: [String] = []
    /// Options met before the command was named, to be held against its table.
    private var early: [Option] = []

    init(program: CommandLineProgram, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    mutating func parse() throws(UsageError) -> CommandLineProgram.Request {
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--" {
                for operand in arguments[index...] { try take(operand: operand) }
                break
            } else if argument.hasPrefix("--") {
                if let request = try takeLong(argument) { return request }
            } else if argument.hasPrefix("-"), argument != "-" {
                if let request = try takeShort(argument) { return request }
            } else if command == nil, operands.isEmpty, argument == "help" {
                return .help(try helpTopic())
            } else if command == nil, operands.isEmpty, let named = commandNamed(argument) {
                command = named
            } else {
                try take(operand: argument)
            }
        }
        return .run(try invocation())
    }

    // MARK: commands

    /// The command with the longest name that begins at this argument; moves over its further words.
    private mutating func commandNamed(_ first: String) -> Command? {
        let rest = arguments[index...]
        let candidates = program.commands.filter { $0.words.first == first && rest.starts(with: $0.words.dropFirst()) }
        guard let longest = candidates.max(by: { $0.words.count < $1.words.count }) else { return nil }
        index += longest.words.count - 1
        return longest
    }

    private mutating func helpTopic() throws(UsageError) -> Command? {
        let words = arguments[index...].filter { !$0.hasPrefix("-") }
        guard let first = words.first else { return nil }
        while arguments[index] != first { index += 1 }
        index += 1
        guard let topic = commandNamed(first) else { throw unknownCommand(first) }
        return topic
    }

    private func unknownCommand(_ word: String) -> UsageError {
        let names = program.commands.map(\.name)
        let nearest = Suggestion.nearest(to: word, in: names + ["help"])
        return failure("unknown command \(shown(word))", suggestion: nearest)
    }

    // MARK: options

    private mutating func takeLong(_ argument: String) throws(UsageError) -> CommandLineProgram.Request? {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let spelling = parts[0]
        let option = try option(spelled: spelling)
        guard let kind = option.valueKind else {
            if parts.count > 1 { throw failure("option \(spelling) takes no value") }
            return set(option, to: spelling != "--no-\(option.name)")
        }
        let value = try parts.count > 1 ? parts[1] : nextValue(of: option, spelling)
        try add(value, to: option, kind, spelling)
        return nil
    }

    /// `-x`, `-x VALUE`, `-xVALUE` and several flags in one, as in `-qv`.
    private mutating func takeShort(_ argument: String) throws(UsageError) -> CommandLineProgram.Request? {
        var letters = argument.unicodeScalars.dropFirst()
        while let letter = letters.popFirst() {
            let spelling = "-\(letter)"
            let option = try option(spelled: spelling)
            guard let kind = option.valueKind else {
                if letters.first == "=" { throw failure("option \(spelling) takes no value") }
                if let request = set(option, to: true) { return request }
                continue
            }
            if letters.first == "=" { letters.removeFirst() }
            let value =
                try letters.isEmpty ? nextValue(of: option, spelling) : String(String.UnicodeScalarView(letters))
            try add(value, to: option, kind, spelling)
            return nil
        }
        return nil
    }

    private mutating func option(spelled spelling: String) throws(UsageError) -> Option {
        let known = program.options(of: command ?? program.defaultCommand)
        if let option = known.first(where: { $0.spellings.contains(spelling) }) {
            if command == nil { early.append(option) }
            return option
        }
        let owners = program.commands.filter { $0.options.contains { $0.spellings.contains(spelling) } }
        if command == nil, let owner = owners.first {
            throw failure(
                "option \(spelling) belongs behind the command, as in `\(program.name) \(owner.name) \(spelling)`")
        }
        throw failure(
            "unknown option \(shown(spelling))",
            suggestion: Suggestion.nearest(to: spelling, in: known.flatMap(\.spellings).filter { $0.hasPrefix("--") }))
    }

    private mutating func set(_ option: Option, to value: Bool) -> CommandLineProgram.Request? {
        if option == .help { return .help(command) }
        if option == .version { return .version }
        flags[option.name] = value
        return nil
    }

    private mutating func nextValue(of option: Option, _ spelling: String) throws(UsageError) -> String {
        guard index < arguments.count else { throw failure("option \(spelling) needs a value, \(option.placeholder)") }
        let value = arguments[index]
        if value.hasPrefix("-"), value != "-" {
            throw failure(
                "option \(spelling) needs a value, \(option.placeholder); a value that begins with a dash is written "
                    + "`--\(option.name)=\(shown(value))`")
        }
        index += 1
        return value
    }

    private mutating func add(
        _ value: String, to option: Option, _ kind: ValueKind, _ spelling: String
    ) throws(UsageError) {
        if value.isEmpty { throw failure("option \(spelling) needs a value, \(option.placeholder)") }
        try check(value, kind, "option \(spelling)")
        if case .value = option.kind, values[option.name] != nil { throw failure("option \(spelling) was given twice") }
        values[option.name, default: []].append(value)
    }

    // MARK: operands

    private mutating func take(operand: String) throws(UsageError) {
        if command == nil {
            guard let defaultCommand = program.defaultCommand, !defaultCommand.operands.isEmpty else {
                throw unknownCommand(operand)
            }
        }
        operands.append(operand)
    }

    private func invocation() throws(UsageError) -> Invocation {
        guard let command = command ?? program.defaultCommand else {
            throw failure("no command given")
        }
        for option in early where !program.options(of: command).contains(option) {
            throw failure("option --\(option.name) does not belong to the command \(command.name)")
        }
        var given: [String: [String]] = [:]
        var rest = operands[...]
        for (position, operand) in command.operands.enumerated() {
            let needed = command.operands[(position + 1)...].count(where: \.isRequired)
            let free = max(0, rest.count - needed)
            let count = operand.takesMany ? free : min(free, 1)
            if count == 0, operand.isRequired { throw failure("missing operand \(operand.name): \(operand.help)") }
            for value in rest.prefix(count) { try check(value, operand.kind, "operand \(operand.name)") }
            given[operand.name] = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        if let extra = rest.first { throw failure("unexpected operand \(shown(extra))") }
        return Invocation(
            command: command, flags: flags, values: values, operands: given,
            helpCommand: program.helpCommand(command))
    }

    // MARK: errors

    private func check(_ value: String, _ kind: ValueKind, _ subject: String) throws(UsageError) {
        guard case .choice(let choices) = kind, !choices.contains(value) else { return }
        throw failure(
            "\(subject) has the unknown value \(shown(value)); expected one of \(choices.joined(separator: ", "))",
            suggestion: Suggestion.nearest(to: value, in: choices))
    }

    private func failure(_ line: String, suggestion: String? = nil) -> UsageError {
        UsageError(line, suggestion: suggestion, helpCommand: program.helpCommand(command))
    }

    /// What the user typed, safe for a terminal and not longer than a line.
    private func shown(_ argument: String) -> String {
        let text = DisplayText.escaped(argument)
        return text.utf8.count > 100 ? DisplayText.prefix(of: text, width: 80) + "..." : text
    }
}
