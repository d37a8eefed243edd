import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakTrustedHostsMissing = DiagnosticCode(
        962, "keycloak-trusted-hosts-missing", .warning,
        summary: "Keycloak is to register clients and the spec names no host of any.",
        why:
            "Keycloak compares the hosts of all URIs in a registration, and besides the connectors' own none is allowed.",
        remedy: "Name the hosts of your clients' redirect URIs under `trusted_hosts`.")
}

/// Registration in a realm that trusts no host.
struct KeycloakTrustedHostsMissingRule: PlanRule {
    private static let issuer =
        "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store\nregistration: [dcr]"
    private static let marked =
        "targets:\n  keycloak: ↓{ realm: mcp, server: \"http://127.0.0.1:5050\", version: \"26.7\" }"
    private static let target =
        "targets:\n  keycloak: { realm: mcp, server: \"http://127.0.0.1:5050\", version: \"26.7\" }"

    let documentation = RuleDocumentation(
        .keycloakTrustedHostsMissing,
        failing: [RuleExample(issuer: Self.issuer, top: Self.marked)],
        passing: [
            RuleExample(issuer: Self.issuer, top: "trusted_hosts: [chatgpt.com]\n" + Self.target),
            RuleExample(issuer: Self.issuer, top: "clients: [claude]\n" + Self.target),
        ], references: ["M#78"])

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak, keycloak.offersRegistration, plan.trustedHosts.isEmpty,
            plan.clientURIHosts.isEmpty, plan.spec.trustedRedirects.isEmpty, let span = keycloak.origins.first
        else { return [] }
        return [
            finding(
                "no client may register: neither clients nor trusted_hosts names a host", at: span,
                help: "name the hosts of your clients' redirect URIs under trusted_hosts")
        ]
    }
}
