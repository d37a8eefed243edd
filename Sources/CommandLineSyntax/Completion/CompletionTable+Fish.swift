extension CompletionTable {
    var fishScript: String {
        """
        # fish completion for \(name)
        function __\(function)_state
            set -l words (commandline -opc)
            set -l state ''
            set -l skip 0
            for word in $words[2..-1]
                if test $skip -eq 1
                    set skip 0
                    continue
                end
                switch "$state:$word"
        \(fishTransitions)
                end
            end
            test "$state" = "$argv[1]"
        end
        complete -c \(name) -f
        \(states.flatMap(fishLines).joined(separator: "\n"))

        """
    }

    private var fishTransitions: String {
        let steps = transitions.map {
            "            case \(Self.fishQuoted("\($0.from):\($0.word)"))\n                set state \(Self.fishQuoted($0.to))"
        }
        let skip = spellingsWithValue.map { Self.fishQuoted("*:\($0)") }.joined(separator: " ")
        return (steps + (skip.isEmpty ? [] : ["            case \(skip)\n                set skip 1"])).joined(
            separator: "\n")
    }

    private func fishLines(_ state: State) -> [String] {
        let start = "complete -c \(name) -n \(Self.fishQuoted("__\(function)_state \"\(state.name)\""))"
        let words = state.nextWords.map { "\(start) -a \($0.word) -d \(Self.fishQuoted($0.help))" }
        var operands: [String] = []
        if let operand = state.operands.first { operands.append(start + Self.fishValue(operand.kind)) }
        let options = state.options.flatMap { option in
            let value = option.valueKind.map { " -r" + Self.fishValue($0) } ?? ""
            let short = option.short.map { " -s \($0)" } ?? ""
            let names = option.isNegatable ? [option.name, "no-\(option.name)"] : [option.name]
            return names.map { "\(start) -l \($0)\(short)\(value) -d \(Self.fishQuoted(option.help))" }
        }
        return words + operands + options
    }

    private static func fishValue(_ kind: ValueKind) -> String {
        switch kind {
        case .text: " -f"
        case .choice(let choices): " -f -a \(fishQuoted(choices.joined(separator: " ")))"
        case .file: " -F"
        case .directory: " -f -a '(__fish_complete_directories)'"
        }
    }

    private static func fishQuoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
