extension CompletionTable {
    /// The words of the command are taken out of `words`, so that `_arguments` sees its options and operands alone.
    var zshScript: String {
        """
        #compdef \(name)
        # zsh completion for \(name)
        _\(function)() {
            local state_name='' i
            for ((i = 2; i < CURRENT; i++)); do
                case "$state_name:${words[i]}" in
        \(zshTransitions)
                esac
            done
            case $state_name in
        \(states.map(zshState).joined(separator: "\n"))
            esac
        }
        if [[ ${funcstack[1]} == _\(function) ]]; then
            _\(function) "$@"
        else
            compdef _\(function) \(name)
        fi

        """
    }

    private var zshTransitions: String {
        let step = "words[i]=(); ((CURRENT--, i--))"
        let steps = transitions.map {
            "            (\(Self.quoted("\($0.from):\($0.word)"))) state_name='\($0.to)'; \(step) ;;"
        }
        let skip = spellingsWithValue.map { "*:\($0)" }.joined(separator: "|")
        return (steps + (skip.isEmpty ? [] : ["            (\(skip)) ((i++)) ;;"])).joined(separator: "\n")
    }

    private func zshState(_ state: State) -> String {
        var specs = state.options.flatMap(Self.zshSpecs)
        if !state.nextWords.isEmpty {
            if state.operands.isEmpty {
                let entries = state.nextWords.map { Self.zshWord($0.word, $0.help) }.joined(separator: " ")
                specs.append(Self.quoted("1:command:((\(entries)))"))
            } else {
                // A command or an operand can stand here.
                let words = state.nextWords.map(\.word).joined(separator: " ")
                specs.append(Self.quoted("1:command:{compadd -- \(words); \(Self.zshFiles(state.operandKind))}"))
                specs.append(Self.quoted("*:operand:\(Self.zshAction(state.operandKind))"))
            }
        } else {
            for operand in state.operands {
                let position = operand.takesMany ? "*" : operand.isRequired ? "" : ":"
                specs.append(
                    Self.quoted(
                        "\(operand.takesMany ? "*:" : position + ":")\(operand.name):\(Self.zshAction(operand.kind))"))
            }
        }
        let lines = specs.map { " \\\n                \($0)" }.joined()
        return "        ('\(state.name)')\n            _arguments -s -S :\(lines)\n            ;;"
    }

    private static func zshSpecs(_ option: Option) -> [String] {
        let help = option.help.filter { $0 != "[" && $0 != "]" }
        var star = ""
        var value = ""
        if case .repeated = option.kind { star = "*" }
        if let kind = option.valueKind { value = ":\(option.placeholder):\(zshAction(kind))" }
        return option.spellings.map { spelling in
            let sign = value.isEmpty ? "" : spelling.hasPrefix("--") ? "=" : "+"
            return quoted("\(star)\(spelling)\(sign)[\(zshEscaped(help))]\(value)")
        }
    }

    private static func zshWord(_ word: String, _ help: String) -> String {
        help.isEmpty ? word : "\(word)\\:\"\(zshEscaped(help.filter { !"\"()`$".contains($0) }))\""
    }

    private static func zshEscaped(_ text: String) -> String {
        text.map { $0 == ":" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    }

    private static func zshFiles(_ kind: ValueKind) -> String {
        switch kind {
        case .text: ":"
        case .choice(let choices): "compadd -- \(choices.joined(separator: " "))"
        case .file: "_files"
        case .directory: "_files -/"
        }
    }

    private static func zshAction(_ kind: ValueKind) -> String {
        switch kind {
        case .text: ""
        case .choice(let choices): "(\(choices.joined(separator: " ")))"
        case .file: "_files"
        case .directory: "_files -/"
        }
    }
}
