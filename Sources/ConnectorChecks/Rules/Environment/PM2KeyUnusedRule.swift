import ConfigLanguages
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let pm2KeyUnused = DiagnosticCode(
        291, "pm2-key-unused", .warning,
        summary: "A key for PM2 stands at an env file of another dialect.",
        why: "It has no effect there.",
        remedy: "Remove it, or write `dialect: pm2`.")
}

/// What PM2 starts, said to somebody else.
struct PM2KeyUnusedRule: Rule {
    let documentation = RuleDocumentation(
        .pm2KeyUnused,
        failing: [
            RuleExample(
                top:
                    "targets:\n  env: [{ file: a.env, dialect: node, preset: connectorgen, app: ↓mcp, cwd: ↓/srv/mcp }]"
            )
        ],
        passing: [
            RuleExample(
                top: "targets:\n  env:\n    - { file: a.json, dialect: pm2, preset: connectorgen, app: mcp, "
                    + "script: a.mjs }")
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.targets.env.filter { $0.dialect.value != .pm2 }.flatMap { target in
            let keys: [(String, Span?)] = [
                ("app", target.app?.span), ("script", target.script?.span), ("cwd", target.workingDirectory?.span),
                ("interpreter", target.interpreter?.span),
            ]
            return keys.compactMap { key, span in
                span.map { span in
                    finding(
                        "`\(key)` says what PM2 starts, and this file is for \(target.dialect.value.rawValue)",
                        at: span, "has no effect", secondary: [Label(target.dialect.span, "the dialect")],
                        help: "remove it")
                }
            }
        }
    }
}
