/// A shell for which a completion script can be written.
package enum CompletionShell: String, Hashable, Sendable, CaseIterable {
    case bash, zsh, fish
}

extension CommandLineProgram {
    /// The script to load into the shell. It completes commands, options, closed lists of values, files and
    /// folders, and needs nothing but the shell.
    package func completionScript(for shell: CompletionShell) -> String {
        let table = CompletionTable(self)
        return switch shell {
        case .bash: table.bashScript
        case .zsh: table.zshScript
        case .fish: table.fishScript
        }
    }
}
