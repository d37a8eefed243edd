import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let keycloakScopeColon = DiagnosticCode(
        706, "keycloak-scope-colon", .warning,
        summary: "A scope for Keycloak has a colon in its name.",
        why:
            "An import of a realm drops the mappers of such a scope (seen in 26.6.1), and with them the audience: every token "
            + "is refused after a restore.",
        remedy: "Name the scope with a dot, `mcp.tools`.")
}

/// A scope whose mappers an import of the realm loses.
struct KeycloakScopeColonRule: Rule {
    private static let keycloak =
        "targets:\n  keycloak: { realm: mcp, server: \"http://127.0.0.1:5050\", version: \"26.4\" }"

    let documentation = RuleDocumentation(
        .keycloakScopeColon, failing: [RuleExample(connector: "scopes: [↓\"mcp:tools\"]", top: Self.keycloak)],
        passing: [
            RuleExample(connector: "scopes: [mcp.tools]", top: Self.keycloak),
            RuleExample(connector: "scopes: [\"mcp:tools\"]"),
        ], references: ["M#120", "keycloak#48563"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard context.draft.targets.keycloak != nil else { return [] }
        return context.draft.connectors.flatMap(\.scopes).filter { $0.value.text.utf8.contains(UInt8(ascii: ":")) }
            .map { scope in
                finding(
                    "an import of the realm loses the mappers of the scope `\(scope.value.text)`", at: scope.span,
                    "has a colon", help: "name it with a dot")
            }
    }
}
