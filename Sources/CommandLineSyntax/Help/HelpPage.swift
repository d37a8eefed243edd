/// What is to be said of a program or of one of its commands, before it is laid out for a terminal or a
/// manual page.
struct HelpPage {
    struct Row: Hashable {
        let label: String
        let text: String
    }

    enum Body: Hashable {
        case paragraphs([String])
        case rows([Row])
        case examples([Example])
    }

    struct Section: Hashable {
        let title: String
        let body: Body
    }

    /// `connectorgen build`.
    let subject: String
    let summary: String
    /// Each begins with the subject.
    let usage: [String]
    /// None is empty.
    let sections: [Section]
}

extension HelpPage {
    /// The page of a command, or of the whole program.
    init(_ program: CommandLineProgram, _ command: Command?) {
        if let command {
            self.init(program, command: command)
        } else {
            self.init(program)
        }
    }

    private init(_ program: CommandLineProgram, command: Command) {
        let isDefault = command == program.defaultCommand
        subject = isDefault ? program.name : "\(program.name) \(command.name)"
        summary = command.summary
        usage = [Self.usage(subject, command)]
        sections = Self.withoutEmpty([
            Section(title: "Description", body: .paragraphs(command.discussion)),
            Section(title: "Operands", body: .rows(command.operands.map(Row.init))),
            Section(title: "Options", body: .rows(command.options.map(Row.init))),
            Section(title: "Global options", body: .rows((program.options + [.help, .version]).map(Row.init))),
            Section(title: "Examples", body: .examples(command.examples)),
        ])
    }

    private init(_ program: CommandLineProgram) {
        subject = program.name
        summary = program.summary
        var usage = program.defaultCommand.map { [Self.usage(program.name, $0)] } ?? []
        if !program.commands.isEmpty { usage.append("\(program.name) COMMAND [OPTIONS] [OPERANDS]") }
        self.usage = usage
        let help = Row(label: "help [COMMAND]", text: "print the help page of a command")
        let commands = program.commands.map { Row(label: $0.name, text: $0.summary) } + [help]
        let main = program.defaultCommand
        sections = Self.withoutEmpty([
            Section(title: "Description", body: .paragraphs(program.discussion + (main?.discussion ?? []))),
            Section(title: "Operands", body: .rows(main?.operands.map(Row.init) ?? [])),
            Section(title: "Commands", body: .rows(program.commands.isEmpty ? [] : commands)),
            Section(title: "Options", body: .rows(program.options(of: main).map(Row.init))),
            Section(
                title: "Environment",
                body: .rows(program.environment.map { Row(label: $0.name, text: $0.meaning) })),
            Section(
                title: "Exit status",
                body: .rows(program.exitCodes.map { Row(label: String($0.status), text: $0.meaning) })),
            Section(title: "Examples", body: .examples(program.examples + (main?.examples ?? []))),
        ])
    }

    private static func usage(_ subject: String, _ command: Command) -> String {
        ([subject, "[OPTIONS]"] + command.operands.map(\.usage)).joined(separator: " ")
    }

    private static func withoutEmpty(_ sections: [Section]) -> [Section] {
        sections.filter { section in
            switch section.body {
            case .paragraphs(let paragraphs): !paragraphs.isEmpty
            case .rows(let rows): !rows.isEmpty
            case .examples(let examples): !examples.isEmpty
            }
        }
    }
}

extension HelpPage.Row {
    init(_ operand: Operand) {
        label = operand.usage
        text = Self.text(operand.help, choices: operand.kind.choices, repeats: false)
    }

    init(_ option: Option) {
        let name = option.isNegatable ? "--[no-]\(option.name)" : "--\(option.name)"
        let short = option.short.map { "-\($0), " } ?? ""
        label = short + name + (option.valueKind == nil ? "" : " \(option.placeholder)")
        var repeats = false
        if case .repeated = option.kind { repeats = true }
        text = Self.text(option.help, choices: option.valueKind?.choices ?? [], repeats: repeats)
    }

    private static func text(_ help: String, choices: [String], repeats: Bool) -> String {
        help + (choices.isEmpty ? "" : ": " + choices.joined(separator: ", ")) + (repeats ? " (may be repeated)" : "")
    }
}
