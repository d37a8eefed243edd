extension CompletionTable {
    /// bash cuts words at `=`, so a value behind `--option=` has that sign as the word before it.
    var bashScript: String {
        """
        # bash completion for \(name)
        _\(function)() {
            local current=${COMP_WORDS[COMP_CWORD]} option='' state='' words='' kind='' i
            COMPREPLY=()
            [[ $current == '=' ]] && current=''
            for ((i = 1; i < COMP_CWORD; i++)); do
                case "$state:${COMP_WORDS[i]}" in
        \(bashTransitions)
                esac
            done
            option=${COMP_WORDS[COMP_CWORD - 1]}
            [[ ${COMP_WORDS[COMP_CWORD]} == '=' ]] || [[ $option != '=' ]] || option=${COMP_WORDS[COMP_CWORD - 2]}
            case "$state:$option" in
        \(bashValues)
                *)
                    if [[ $current == -* ]]; then
                        case $state in
        \(bashOptions)
                        esac
                    else
                        case $state in
        \(bashOperands)
                        esac
                    fi
                    ;;
            esac
            if [[ $kind == files ]]; then
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -f -W "$words" -- "$current")
            elif [[ $kind == folders ]]; then
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -d -W "$words" -- "$current")
            else
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
            fi
        }
        complete -F _\(function) \(name)

        """
    }

    /// The name of the program as part of a shell function's name.
    var function: String { String(name.map { $0 == "-" ? "_" : $0 }) }

    private var bashTransitions: String {
        let skip = spellingsWithValue.map { "*:\($0)" }.joined(separator: " | ")
        let steps = transitions.map { "            '\($0.from):\($0.word)') state='\($0.to)' ;;" }
        let skipped = "            \(skip)) i=$((i + 1)); [[ ${COMP_WORDS[i]} == '=' ]] && i=$((i + 1)) ;;"
        return (steps + (skip.isEmpty ? [] : [skipped])).joined(separator: "\n")
    }

    private var bashValues: String {
        states.flatMap { state in
            state.options.compactMap { option in
                option.valueKind.map { kind in
                    let spellings = option.spellings.map { "'\(state.name):\($0)'" }.joined(separator: " | ")
                    return "        \(spellings)) \(Self.bashReply(kind)) ;;"
                }
            }
        }.joined(separator: "\n")
    }

    private var bashOptions: String {
        states.filter { !$0.options.isEmpty }.map { state in
            let words = state.options.flatMap(\.spellings).joined(separator: " ")
            return "                    '\(state.name)') words='\(words)' ;;"
        }.joined(separator: "\n")
    }

    private var bashOperands: String {
        states.map { state in
            let words = state.nextWords.map(\.word) + state.operandKind.choices
            let reply =
                switch state.operandKind {
                case .file, .directory: Self.bashReply(state.operandKind)
                case .text, .choice: ""
                }
            let named = words.isEmpty ? "" : "words='\(words.joined(separator: " "))'"
            let line = [named, reply].filter { !$0.isEmpty }.joined(separator: "; ")
            return "                    '\(state.name)') \(line.isEmpty ? ":" : line) ;;"
        }.joined(separator: "\n")
    }

    private static func bashReply(_ kind: ValueKind) -> String {
        switch kind {
        case .text: ":"
        case .choice(let choices): "words='\(choices.joined(separator: " "))'"
        case .file: "kind=files"
        case .directory: "kind=folders"
        }
    }
}
