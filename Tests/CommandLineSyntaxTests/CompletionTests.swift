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
        (["routes", "dep"], ["deploy.yaml"]),
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
    func bash() async throws {
        let folder = try folder()
        func offers(_ words: [String]) async throws -> [String] {
            let list = (["connectorgen"] + words).map { "'\($0)'" }.joined(separator: " ")
            let script = """
                set -eu
                source ../script.bash
                COMP_WORDS=(\(list)) COMP_CWORD=\(words.count)
                _connectorgen || true
                printf '%s\\n' "${COMPREPLY[@]}"
                """
            let run = try await ChildProcess.run(
                Tool.bash.required(), ["--norc", "-c", script], folder: folder.file("work"))
            #expect(run.errors.isEmpty, "\(run.errors)")
            return run.output.split(separator: "\n").map(String.init)
        }
        for (words, expected) in Self.cases { #expect(try await offers(words) == expected, "\(words)") }
        #expect(try await offers(["--format", "=", "js"]) == ["json"])
        #expect(try await offers(["--format", "="]) == ["human", "short", "json"])
        #expect(try await offers(["build", "--out", ""]) == ["target"])
        #expect(try await offers(["--format", "=", "json", "bui"]) == ["build"])
    }

    @Test(
        "shellcheck finds nothing in the bash scripts",
        .enabled(if: Tool.shellcheck.isAvailable, "shellcheck is not installed"))
    func shellcheck() async throws {
        let folder = try folder()
        for script in ["script.bash", "server.bash"] {
            let run = try await ChildProcess.run(Tool.shellcheck.required(), ["-s", "bash", folder.file(script)])
            #expect(run.exit == .code(0), "\(run.output)")
        }
    }

    @Test("fish loads the script and completes", .enabled(if: Tool.fish.isAvailable, "fish is not installed"))
    func fish() async throws {
        let folder = try folder()
        func offers(_ line: String) async throws -> [String] {
            let run = try await ChildProcess.run(
                Tool.fish.required(),
                ["--no-config", "-c", "source ../script.fish; source ../server.fish; complete -C '\(line)'"],
                folder: folder.file("work"))
            #expect(run.errors.isEmpty, "\(run.errors)")
            return run.output.split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
        }
        for (words, expected) in Self.cases {
            #expect(try await offers("connectorgen " + words.joined(separator: " ")) == expected, "\(words)")
        }
        #expect(try await offers("connectorgen --format=sh") == ["--format=short"])
        #expect(try await offers("connectorgen build --out ") == ["target/"])
        #expect(try await offers("connectorgen-auth --conf") == ["--config"])
    }

    @Test("zsh loads the script and completes", .enabled(if: Tool.zsh.isAvailable, "zsh is not installed"))
    func zsh() async throws {
        let folder = try folder()
        let script = """
            zmodload zsh/zpty
            zpty -b shell zsh -f -i
            zpty -w shell "PROMPT= RPROMPT=; unsetopt zle_bracketed_paste 2>/dev/null; setopt no_beep"
            zpty -w shell "autoload -Uz compinit; compinit -u -d \(folder.file("dump"))"
            zpty -w shell "source ../script.zsh; source ../server.zsh; finish() { print -r -- @@\\$BUFFER@@; BUFFER=; zle accept-line }; zle -N finish"
            zpty -w shell "bindkey '^I' complete-word; bindkey '^X' finish; print -r -- re''ady"
            zpty -r shell text '*ready*'
            for line; do
                zpty -n -w shell $line$'\\t\\C-x'
                zpty -r shell text '*@@*@@*'
                print -rN -- $text
            done
            zpty -w shell exit
            """
        var lines: [(line: String, isFinished: (Substring) -> Bool)] = Self.cases.map { words, expected in
            let finished = (["connectorgen"] + words.dropLast() + expected).joined(separator: " ")
            return ((["connectorgen"] + words).joined(separator: " "), { $0.hasPrefix(finished) })
        }
        lines.append(("connectorgen --format=sh", { $0.hasPrefix("connectorgen --format=short") }))
        lines.append(("connectorgen build --out ", { $0 == "connectorgen build --out target/" }))
        lines.append(("connectorgen-auth --conf", { $0.hasPrefix("connectorgen-auth --config") }))
        let run = try await ChildProcess.run(
            Tool.zsh.required(), ["-f", "-c", script, "zsh"] + lines.map(\.line), folder: folder.file("work"))
        // What the terminal showed for each line: the echo, and the buffer between the marks.
        let answers = run.output.split(separator: "\0")
        try #require(answers.count == lines.count, "\(run.output)\(run.errors)")
        for (answer, (line, isFinished)) in zip(answers, lines) {
            let parts = answer.split(separator: "@@", omittingEmptySubsequences: false)
            #expect(parts.count > 2 && isFinished(parts[parts.count - 2]), "\(line): \(answer)")
        }
    }
}
