import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakTemporaryScope = DiagnosticCode(
        961, "keycloak-temporary-scope",
        summary: "`targets.keycloak.default_scope` is `temporary`.",
        why:
            "While the scope is a default of the realm, every client that registers gets the audience; this "
            + "window is not generated.",
        remedy: "Use `optional`: clients ask for the scope that the metadata names, and no window opens.",
        securitySeverity: "6.5")
}

/// A default scope for a while, which is not generated.
struct KeycloakTemporaryScopeRule: Rule {
    private static func example(_ scope: String) -> RuleExample {
        RuleExample(
            issuer: "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store",
            top: "clients: [claude]\ntargets:\n  keycloak:\n    { realm: mcp, server: \"http://127.0.0.1:5050\", "
                + "version: \"26.8\", default_scope: \(scope) }")
    }

    let documentation = RuleDocumentation(
        .keycloakTemporaryScope, isHard: true, failing: [Self.example("↓temporary")],
        passing: [Self.example("permanent")], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let scope = context.draft.targets.keycloak?.defaultScope, scope.value == .temporary else { return [] }
        return [
            finding(
                "targets.keycloak.default_scope: temporary is not generated", at: scope.span,
                notes: ["while the scope is a default of the realm, every client that registers gets the audience"],
                help: "use optional: clients ask for the scope that the metadata names, and no window opens")
        ]
    }
}
