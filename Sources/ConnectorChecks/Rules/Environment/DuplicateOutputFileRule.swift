import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let duplicateOutputFile = DiagnosticCode(
        605, "duplicate-output-file",
        summary: "Two entries of `targets.env` have the same file name.",
        why: "One of them would be lost, and the service that reads it would start with the other's variables.",
        remedy: "Give each its own file. Names that differ in case alone are one file on some systems.")
}

/// Two env targets that write one file.
struct DuplicateOutputFileRule: Rule {
    let documentation = RuleDocumentation(
        .duplicateOutputFile,
        failing: [
            RuleExample(
                top: "targets:\n  env:\n    - { file: mcp.env, dialect: node, preset: connectorgen }\n"
                    + "    - { file: ↓MCP.env, dialect: systemd, preset: connectorgen }")
        ],
        passing: [
            RuleExample(
                top: "targets:\n  env:\n    - { file: mcp.env, dialect: node, preset: connectorgen }\n"
                    + "    - { file: auth.env, dialect: systemd, preset: connectorgen }")
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
