import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let keycloakScopeNotAskedFor = DiagnosticCode(
        967, "keycloak-scope-not-asked-for", .warning,
        summary: "A client never asks for the scope that would bring it the audience.",
        why:
            "With `default_scope: optional` a registered client gets the audience only when it asks for the connector's scope. "
            + "This one registers without a scope and asks for others: its tokens name no connector, and all are refused.",
        remedy:
            "Give each connector a realm of its own, where `permanent` is the default; or offer `predefined` with a `client_id`, "
            + "to which the scope is attached.")
}

/// A profile that sends no scope, where the scope has to be asked for.
struct KeycloakScopeNotAskedForRule: PlanRule {
    private static func example(_ clients: String, _ more: String = "", registrationMethods: String = "[dcr]")
        -> RuleExample
    {
        RuleExample(
            issuer:
                "url: https://auth.example.com/realms/mcp\nmode: external\n# no users\n# no store\nregistration: \(registrationMethods)",
            top: "clients: [\(clients)]\ntargets:\n  keycloak:\n    { realm: mcp, server: \"http://127.0.0.1:5050\", "
                + "version: \"26.7\"\(more) }")
    }

    let documentation = RuleDocumentation(
        .keycloakScopeNotAskedFor, failing: [Self.example("↓chatgpt", ", default_scope: optional")],
        passing: [
            Self.example("chatgpt"), Self.example("claude", ", default_scope: optional"),
            Self.example("chatgpt", ", default_scope: optional, audience: every_client"),
        ], references: ["M#116", "M#117"])

    let reads: Set<SpecPart> = []

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak, keycloak.offersRegistration, keycloak.defaultScope == .optional,
            keycloak.audience != .everyClient
        else { return [] }
        let silent = Set(context.enabledProfiles.filter { !$0.asksForScopes }.map(\.name))
        return plan.clients.filter {
            $0.profile.map { silent.contains($0) } == true && !$0.registrationMethods.contains(.predefined)
        }
        .compactMap { client in
            client.origins.first.map { place in
                finding(
                    "\(client.label) never asks for a connector's scope, and gets no audience without it",
                    at: place,
                    "registers without a scope",
                    help:
                        "give each connector a realm of its own, or offer `predefined` and a `client_id`, to which the "
                        + "scope is attached")
            }
        }
    }
}
