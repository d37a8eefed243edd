import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let keycloakMetadataAppended = DiagnosticCode(
        968, "keycloak-metadata-appended", .warning,
        summary: "This Keycloak does not serve its metadata where clients ask for it, and no nginx of the spec does.",
        why:
            "Clients ask for `/.well-known/oauth-authorization-server/realms/REALM` (RFC 8414 §3.1), which Keycloak serves "
            + "since 26.4; before, some clients stop there.",
        remedy: "Serve the issuer's host with `targets.nginx.server_names`, or bring Keycloak up to date.")
}

/// Metadata in the appended form alone.
struct KeycloakMetadataAppendedRule: PlanRule {
    private static func example(_ version: String, nginx: String = "") -> RuleExample {
        RuleExample(
            issuer: "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store",
            top: "targets:\n\(nginx)  keycloak: { realm: mcp, server: \"http://127.0.0.1:5050\", version: \(version) }")
    }

    let documentation = RuleDocumentation(
        .keycloakMetadataAppended, failing: [Self.example("↓\"26.3\"")],
        passing: [
            Self.example("\"26.4\""),
            Self.example("\"26.3\"", nginx: "  nginx: { server_names: [mcp.example.com, auth.example.com] }\n"),
        ], references: ["RFC 8414 §3.1"])

    let reads: Set<SpecPart> = []

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard !plan.issuer.isBundled, let keycloak = plan.spec.targets.keycloak,
            keycloak.version.value < SoftwareVersion(26, 4),
            plan.nginx == nil || !plan.edge.hosts.contains(where: { $0.name == plan.issuer.host })
        else { return [] }
        return [
            finding(
                "Keycloak \(keycloak.version.value.text) has its metadata in the appended form alone, and clients ask elsewhere first",
                at: keycloak.version.span, "before 26.4",
                help: "serve \(plan.issuer.host) with targets.nginx.server_names, or bring Keycloak up to date")
        ]
    }
}
