import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakVersionInsecure = DiagnosticCode(
        964, "keycloak-version-insecure",
        summary: "`targets.keycloak.version` has a hole through which unauthenticated callers register.",
        why: "Before 24.0.3 a pattern among the trusted hosts admits more than it says (GHSA-46c8-635v-68r2).",
        remedy: "Bring the server up to date, and write its version.", securitySeverity: "7.2")
}

/// A Keycloak whose trusted hosts do not hold.
struct KeycloakVersionInsecureRule: Rule {
    static func example(_ version: String) -> RuleExample {
        RuleExample(
            top: "targets:\n  keycloak: { realm: mcp, server: \"http://127.0.0.1:5050\", version: \(version) }")
    }

    let documentation = RuleDocumentation(
        .keycloakVersionInsecure, isHard: true, failing: [Self.example("↓\"20.0\""), Self.example("↓\"24.0.2\"")],
        passing: [Self.example("\"24.0.3\""), Self.example("\"26.7\"")], references: ["GHSA-46c8-635v-68r2"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let version = context.draft.targets.keycloak?.version, version.value < SoftwareVersion(24, 0, 3) else {
            return []
        }
        return [
            finding(
                "Keycloak \(version.value.text) lets unauthenticated callers through its trusted hosts",
                at: version.span,
                "before 24.0.3", help: "bring the server up to date, and write its version")
        ]
    }
}
