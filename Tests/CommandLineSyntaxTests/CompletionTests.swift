import TestSupport
import Testing

@testable import CommandLineSyntax

/// The scripts are loaded into the real shells, which then say what they would offer.
@Suite struct CompletionTests {
    static let cases: [(words: [String], offers: [String])] = [
        (["bui"], ["build"]),
        (["rou"], ["routes"]),
        (["help", "dif"], ["diff"]),
        (["routes", "tr"], ["trace"]),
        (["build", "--ou"], ["--out"]),
        (["--format", "sh"], ["short"]),
        (["--format", "json", "bui"], ["build"]),
        (["build", "--only", "ngi"], ["nginx"]),
        (["completion", "zs"], ["zsh"]),
        (["build", "deploy"], ["deploy.yaml"]),
        (["build", "--secrets", "dep"], ["deploy.yaml"]),
    ]

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for shell in CompletionShell.allCases {
            try folder.write("script.\(shell.rawValue)", sampleProgram.completionScript(for: shell))
            try folder.write("server.\(shell.rawValue)", sampleServer.completionScript(for: shell))
        }
        try folder.write("work/deploy.yaml", "")
        try folder.write("work/target/inner", "")
        return folder
    }

    @Test("bash loads the script and completes", .enabled(if: Tool.bash.isAvailable, "bash is not installed"))
    func bash() throws {
        let folder = try folder()
        func offers(_ words: [String]) throws -> [String] {
            let list = (["connectorgen"] + words).map { "'\($0)'" }.joined(separator: " ")
            let script = """
                set -eu
                source ../script.bash
                COMP_WORDS=(\(list)) COMP_CWORD=\(words.count)
                _connectorgen || true
                printf '%s\\n' "${COMPREPLY[@]}"
                """
            let run = try ProgramRun(
                Tool.bash.required(), ["--norc", "-c", script], folder: folder.file("work"))
            #expect(run.errors.isEmpty, "\(run.errorText)")
            return run.outputText.split(separator: "\n").map(String.init)
        }
        for (words, expected) in Self.cases { #expect(try offers(words) == expected, "\(words)") }
        #expect(try offers(["--format", "=", "js"]) == ["json"])
        #expect(try offers(["--format", "="]) == ["human", "short", "json"])
        #expect(try offers(["build", "--out", ""]) == ["target"])
        #expect(try offers(["--format", "=", "json", "bui"]) == ["build"])
    }

    @Test(
        "shellcheck finds nothing in the bash scripts",
        .enabled(if: Tool.shellcheck.isAvailable, "shellcheck is not installed"))
    func shellcheck() throws {
        let folder = try folder()
        for script in ["script.bash", "server.bash"] {
            let run = try ProgramRun(Tool.shellcheck.required(), ["-s", "bash", folder.file(script)])
            #expect(run.status == 0, "\(run.outputText)")
        }
    }

    @Test("fish loads the script and completes", .enabled(if: Tool.fish.isAvailable, "fish is not installed"))
    func fish() throws {
        let folder = try folder()
        func offers(_ line: String) throws -> [String] {
            let run = try ProgramRun(
                Tool.fish.required(),
                ["--no-config", "-c", "source ../script.fish; source ../server.fish; complete -C '\(line)'"],
                folder: folder.file("work"))
            #expect(run.errors.isEmpty, "\(run.errorText)")
            return run.outputText.split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
        }
        for (words, expected) in Self.cases {
            #expect(try offers("connectorgen " + words.joined(separator: " ")) == expected, "\(words)")
        }
        #expect(try offers("connectorgen --format=sh") == ["--format=short"])
        #expect(try offers("connectorgen build --out ") == ["target/"])
        #expect(try offers("connectorgen-auth --conf") == ["--config"])
    }

    @Test("zsh loads the script and completes", .enabled(if: Tool.zsh.isAvailable, "zsh is not installed"))
    func zsh() throws {
        let folder = try folder()
        func completed(_ line: String) throws -> String {
            let script = """
                zmodload zsh/zpty
                zpty -b shell zsh -f -i
                zpty -w shell "PROMPT= RPROMPT=; unsetopt zle_bracketed_paste 2>/dev/null; setopt no_beep"
                zpty -w shell "autoload -Uz compinit; compinit -u -d \(folder.file("dump"))"
                zpty -w shell "source ../script.zsh; source ../server.zsh; finish() { print -r -- @@\\$BUFFER@@; BUFFER=; zle accept-line }; zle -N finish"
                zpty -w shell "bindkey '^I' complete-word; bindkey '^X' finish; print -r -- re''ady"
                zpty -r shell text '*ready*'
                zpty -n -w shell $'\(line)\\t\\C-x'
                zpty -r shell text '*@@*@@*'
                print -r -- $text
                zpty -w shell exit
                """
            let run = try ProgramRun(Tool.zsh.required(), ["-f", "-c", script], folder: folder.file("work"))
            let parts = run.outputText.split(separator: "@@", omittingEmptySubsequences: false)
            return parts.count > 1 ? String(parts[parts.count - 2]) : run.outputText + run.errorText
        }
        for (words, expected) in Self.cases {
            let line = (["connectorgen"] + words).joined(separator: " ")
            let finished = (["connectorgen"] + words.dropLast() + expected).joined(separator: " ")
            #expect(try completed(line).hasPrefix(finished), "\(line)")
        }
        #expect(try completed("connectorgen --format=sh").hasPrefix("connectorgen --format=short"))
        #expect(try completed("connectorgen build --out ") == "connectorgen build --out target/")
        #expect(try completed("connectorgen-auth --conf").hasPrefix("connectorgen-auth --config"))
    }
}
