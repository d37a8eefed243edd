import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let browserOriginMissing = DiagnosticCode(
        421, "browser-origin-missing", .warning,
        summary: "`allowed_origins` lacks the origin of an enabled client that runs in a browser.",
        why:
            "The browser keeps every answer from a page whose origin is not allowed; the client shows a network error.",
        remedy: "Add the origin, or take the client out of `clients`.")
}

/// Origins that are listed, and a browser client's that is not among them.
struct BrowserOriginMissingRule: Rule {
    let documentation = RuleDocumentation(
        .browserOriginMissing,
        failing: [
            RuleExample(connector: "allowed_origins: [↓https://chatgpt.com]", top: "clients: [inspector]")
        ],
        passing: [
            RuleExample(connector: "allowed_origins: [\"http://localhost:6274\"]", top: "clients: [inspector]"),
            RuleExample(connector: "allowed_origins: [https://chatgpt.com]", top: "clients: [claude-code]"),
            RuleExample(top: "clients: [inspector]"),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let profiles = context.enabledProfiles.filter { !$0.browserOrigins.isEmpty }
        guard !profiles.isEmpty else { return [] }
        return context.draft.connectors.flatMap { connector -> [Diagnostic] in
            guard let first = connector.allowedOrigins.first else { return [] }
            let allowed = Set(connector.allowedOrigins.map(\.value.text))
            return profiles.filter { allowed.isDisjoint(with: $0.browserOrigins) }.map { profile in
                finding(
                    "connectors.\(connector.name.value.text).allowed_origins lacks the origin of \(profile.title)",
                    at: first.span, "the origins that are allowed",
                    help: "add \(profile.browserOrigins.map { "`\"\($0)\"`" }.joined(separator: " or "))")
            }
        }
    }
}
