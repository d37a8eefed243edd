/// What the completion scripts of all shells are written from.
///
/// Each script finds the command by walking over the words before the cursor with ``transitions``: a state
/// is the command named so far, "" at first.
struct CompletionTable {
    struct State {
        /// The name of the command; "" before one is named.
        let name: String
        let options: [Option]
        /// The words that may come next to name a command, with what they do.
        let nextWords: [(word: String, help: String)]
        let operands: [Operand]

        /// The kind of the operand at the cursor where it is the same for all of them.
        var operandKind: ValueKind { operands.first?.kind ?? .text }
    }

    let name: String
    let states: [State]
    /// Spellings of options whose value is the next word.
    let spellingsWithValue: [String]

    init(_ program: CommandLineProgram) {
        name = program.name
        let help = (word: "help", help: "print the help page of a command")
        let firstWords = Self.words(of: program.commands, below: [])
        let groups = firstWords.map(\.word).filter { word in !program.commands.contains { $0.name == word } }
        let start = State(
            name: "", options: program.options(of: program.defaultCommand),
            nextWords: firstWords.isEmpty ? [] : firstWords + [help],
            operands: program.defaultCommand?.operands ?? [])
        states =
            [start, State(name: "help", options: [], nextWords: firstWords, operands: [])]
            + groups.map {
                State(
                    name: $0, options: program.options(of: nil),
                    nextWords: Self.words(of: program.commands, below: [$0]), operands: [])
            }
            + program.commands.map {
                State(
                    name: $0.name, options: program.options(of: $0),
                    nextWords: Self.words(of: program.commands, below: $0.words), operands: $0.operands)
            }
        let options =
            program.options + ([program.defaultCommand].compactMap(\.self) + program.commands).flatMap(\.options)
        var seen: Set<String> = []
        spellingsWithValue = options.filter { $0.valueKind != nil }.flatMap(\.spellings)
            .filter { seen.insert($0).inserted }
    }

    /// State, word and the state that the word leads to.
    var transitions: [(from: String, word: String, to: String)] {
        states.filter { $0.name != "help" }.flatMap { state in
            state.nextWords.map { (state.name, $0.word, state.name.isEmpty ? $0.word : "\(state.name) \($0.word)") }
        }
    }

    private static func words(of commands: [Command], below prefix: [String]) -> [(word: String, help: String)] {
        var seen: Set<String> = []
        return commands.filter { $0.words.count > prefix.count && $0.words.starts(with: prefix) }.compactMap {
            command in
            let word = command.words[prefix.count]
            guard seen.insert(word).inserted else { return nil }
            return (word, command.words.count == prefix.count + 1 ? command.summary : "")
        }
    }

    /// A text in single quotes for sh-like shells.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
