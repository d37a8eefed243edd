import ConnectorSpec
import Diagnostics

/// Two env targets that write one file.
struct DuplicateOutputFileRule: Rule {
    let documentation = RuleDocumentation(
        .duplicateOutputFile,
        failing: [
            RuleExample(
                top: "targets:\n  env:\n    - { file: mcp.env, dialect: node, vocabulary: connectorgen }\n"
                    + "    - { file: ↓MCP.env, dialect: systemd, vocabulary: connectorgen }")
        ],
        passing: [
            RuleExample(
                top: "targets:\n  env:\n    - { file: mcp.env, dialect: node, vocabulary: connectorgen }\n"
                    + "    - { file: auth.env, dialect: systemd, vocabulary: connectorgen }")
        ], references: ["M#181"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        var seen: [String: Located<OutputFileName>] = [:]
        return context.draft.targets.env.compactMap { target in
            let key = target.file.value.text.lowercased()
            guard let first = seen.updateValue(seen[key] ?? target.file, forKey: key) else { return nil }
            return finding(
                "two entries of `targets.env` write `\(target.file.value.text)`", at: target.file.span,
                "written again", secondary: [Label(first.span, "first written here")],
                help: "give one of them another name")
        }
    }
}
