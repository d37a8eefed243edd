import ConnectorChecks
import Diagnostics

/// The page of a code, and the examples of its rule where it has one.
struct CodePage {
    private let code: DiagnosticCode
    private let rule: RuleDocumentation?

    init(_ code: DiagnosticCode) {
        self.code = code
        rule = RuleRegistry.rule(of: code)?.documentation
    }

    /// The page for a terminal.
    var plainText: String {
        var text = "\(code) \(code.name) (\(code.severity.rawValue))\n\n\(code.summary)\n\n"
        text += "Why it matters: \(code.why)\n\nWhat to do: \(code.remedy)\n"
        guard let rule else { return text }
        text += "\n\(allowance(of: rule))\n"
        for (title, examples) in [("Found:", rule.failing), ("Not found:", rule.passing)] {
            for example in examples where !example.excerpts.isEmpty {
                text += "\n\(title)\n"
                for file in example.excerpts {
                    let lines = Self.lines(of: file.text)
                    text += named(file.name, in: example) + "\n" + lines.map { "    \($0)\n" }.joined()
                }
            }
        }
        if !rule.references.isEmpty { text += "\nSee \(rule.references.joined(separator: ", ")).\n" }
        return text
    }

    private func allowance(of rule: RuleDocumentation) -> String {
        rule.isHard
            ? "It is a hard error: no comment allows it."
            : "Where it is meant, allow it: `# connectorgen: allow \(code) -- reason`."
    }

    /// The name of a file, where an example has others beside the spec.
    private func named(_ file: String, in example: RuleExample) -> String {
        example.observedFiles.isEmpty ? "" : "\n`\(file)`:\n"
    }

    /// An example may be about a byte that no page can hold.
    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { DisplayText.escaped(String($0)) }
    }

    /// What a fenced block is marked as, by the name of the file.
    private static func language(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "yaml", "yml": "yaml"
        case "json": "json"
        case "conf": name.contains(".service.d/") ? "ini" : "nginx"
        case "service": "ini"
        case "js", "cjs", "mjs": "js"
        default: "text"
        }
    }

    /// The page as a section of a Markdown file.
    var markdown: String {
        var text = "## \(code) \(code.name)\n\n\(code.summary) (\(code.severity.rawValue))\n\n"
        text += "**Why it matters.** \(code.why)\n\n**What to do.** \(code.remedy)\n\n"
        guard let rule else { return text }
        text += "\(allowance(of: rule))\n\n"
        for (title, examples) in [("Found", rule.failing), ("Not found", rule.passing)] {
            for example in examples where !example.excerpts.isEmpty {
                text += "\(title):\n"
                for file in example.excerpts {
                    let lines = Self.lines(of: file.text).joined(separator: "\n")
                    text += named(file.name, in: example) + "\n```\(Self.language(of: file.name))\n\(lines)\n```\n"
                }
                text += "\n"
            }
        }
        if !rule.references.isEmpty { text += "See \(rule.references.joined(separator: ", ")).\n\n" }
        return text
    }
}
