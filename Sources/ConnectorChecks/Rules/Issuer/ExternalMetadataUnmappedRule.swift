import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let externalMetadataUnmapped = DiagnosticCode(
        413, "external-metadata-unmapped", .warning,
        summary: "A metadata document that clients ask for cannot be led to Keycloak.",
        why: "Keycloak's own address is not known, and leading to the public one would be a loop.",
        remedy: "Set `issuer.upstream` to Keycloak's address behind nginx, or route the document yourself.")
}

/// Metadata of a Keycloak whose own address is unknown.
struct ExternalMetadataUnmappedRule: PlanRule {
    private static func spec(url: String, server: String) -> RuleExample {
        RuleExample(
            issuer: "url: \(url)\nmode: external\n# no users\n# no store",
            top: "targets:\n  nginx: { server_names: [mcp.example.com, auth.example.com] }\n"
                + "  keycloak: { realm: mcp, server: \"\(server)\", version: \"26.7\" }")
    }

    let documentation = RuleDocumentation(
        .externalMetadataUnmapped,
        failing: [
            Self.spec(url: "↓https://auth.example.com/realms/mcp", server: "https://auth.example.com")
        ],
        passing: [
            Self.spec(url: "https://auth.example.com/realms/mcp", server: "http://127.0.0.1:5050"),
            Self.spec(
                url: "https://auth.example.com/realms/mcp\nupstream: http://127.0.0.1:5050",
                server: "https://auth.example.com"),
        ],
        references: ["RFC 8414 §3.1"])

    let reads: Set<SpecPart> = [.targets]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard plan.nginx != nil, plan.issuer.location == .site, let keycloak = plan.spec.targets.keycloak else {
            return []
        }
        let url = plan.spec.issuer.url
        let server = keycloak.upstream ?? keycloak.server
        let asked = WellKnown.authorizationServer.inserted(before: plan.issuer.path)
        return [
            finding(
                "\(plan.issuer.host)\(asked) cannot be led to Keycloak: its own address is not known", at: url.span,
                secondary: [Label(server.span, "is the public address again")],
                help: "set issuer.upstream to Keycloak's address behind nginx, or route the document yourself")
        ]
    }
}
