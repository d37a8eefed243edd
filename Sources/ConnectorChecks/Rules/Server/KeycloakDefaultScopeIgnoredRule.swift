import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakDefaultScopeIgnored = DiagnosticCode(
        963, "keycloak-default-scope-ignored", .warning,
        summary: "A default scope is relied on that older Keycloaks do not give.",
        why:
            "Before Keycloak 26.8 a client that registers with a scope of its own gets no default scopes of "
            + "the realm.",
        remedy: "Use `default_scope: optional`, which serves every client on every version.")
}

/// A default scope that older Keycloaks do not give to clients that register.
struct KeycloakDefaultScopeIgnoredRule: PlanRule {
    private static let issuer =
        "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store\nregistration: [dcr]"
    private static func example(_ scope: String, _ version: String) -> RuleExample {
        RuleExample(
            issuer: issuer,
            top: "clients: [claude]\ntargets:\n  keycloak:\n    { realm: mcp, server: \"http://127.0.0.1:5050\", "
                + "version: \"\(version)\", default_scope: \(scope) }")
    }

    let documentation = RuleDocumentation(
        .keycloakDefaultScopeIgnored, failing: [Self.example("↓permanent", "26.7")],
        passing: [Self.example("permanent", "26.8"), Self.example("optional", "26.7")], references: [])

    let reads: Set<SpecPart> = []

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak, keycloak.offersRegistration, keycloak.version < SoftwareVersion(26, 8),
            let scope = plan.spec.targets.keycloak?.defaultScope, scope.value == .permanent
        else { return [] }
        return [
            finding(
                "before Keycloak 26.8 a client that registers with a scope of its own gets no default scopes of the realm",
                at: scope.span, help: "use default_scope: optional, which serves every client on every version")
        ]
    }
}
