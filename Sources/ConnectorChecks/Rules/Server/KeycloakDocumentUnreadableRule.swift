import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let keycloakDocumentUnreadable = DiagnosticCode(
        969, "keycloak-document-unreadable",
        summary:
            "`cimd` is offered to a client whose metadata document Keycloak cannot read, or by a Keycloak that has it not.",
        why:
            "A client that sees the registration method advertised takes it first. Keycloak refuses documents with members it does not know "
            + "(\"Client Metadata fetch failed\"), as ChatGPT's has, and has the feature from 26.7 on (`--features=cimd`).",
        remedy: "Take `cimd` out of `issuer.registration`; the client registers itself then.")
}

/// Metadata documents at a Keycloak that does not take them.
struct KeycloakDocumentUnreadableRule: PlanRule {
    private static func example(_ registrationMethods: String, clients: String = "claude", version: String = "26.7")
        -> RuleExample
    {
        RuleExample(
            issuer:
                "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store\nregistration: \(registrationMethods)",
            top: "clients: [\(clients)]\ntargets:\n  keycloak:\n    { realm: mcp, server: \"http://127.0.0.1:5050\", "
                + "version: \"\(version)\" }")
    }

    let documentation = RuleDocumentation(
        .keycloakDocumentUnreadable,
        failing: [Self.example("[↓cimd, dcr]", clients: "chatgpt"), Self.example("[↓cimd, dcr]", version: "26.5")],
        passing: [Self.example("[cimd, dcr]"), Self.example("[dcr]", clients: "chatgpt")], references: ["M#96"])

    let reads: Set<SpecPart> = []

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak, keycloak.documents != nil,
            let method = plan.spec.issuer.registration?.first(where: { $0.value == .cimd })
        else { return [] }
        if keycloak.version < SoftwareVersion(26, 7) {
            return [
                finding(
                    "Keycloak \(keycloak.version.text) knows no client ID metadata documents", at: method.span,
                    "from 26.7 on",
                    help: "take cimd out of issuer.registration")
            ]
        }
        let unread = context.enabledProfiles.filter { !$0.hasReadableDocument }.map(\.title)
        guard !unread.isEmpty else { return [] }
        return [
            finding(
                "Keycloak cannot read the metadata document of \(unread.joined(separator: " and "))", at: method.span,
                "a client that sees it advertised takes it first",
                help: "take cimd out of issuer.registration: the client registers itself then")
        ]
    }
}
