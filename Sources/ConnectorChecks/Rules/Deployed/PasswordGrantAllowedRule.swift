package import Diagnostics
import JSONSyntax
import ObservedFiles

extension DiagnosticCode {
    package static let passwordGrantAllowed = DiagnosticCode(
        838, "password-grant-allowed",
        summary: "A deployed realm or service gives clients the password grant.",
        why:
            "An application that may ask people for their passwords undoes what the authorization code flow is for; OAuth 2.1 has no such grant.",
        remedy: "Switch `directAccessGrantsEnabled` off, and take `password` out of the grant types.",
        securitySeverity: "6.5")
}

/// Passwords in the hands of applications.
struct PasswordGrantAllowedRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .passwordGrantAllowed,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: [".env": DeployedExample.good + "OAUTH_GRANT_TYPES=↓authorization_code,password\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [".env": DeployedExample.good + "OAUTH_GRANT_TYPES=authorization_code\n"])
        ], references: ["M#226"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        let variables = comparison.environments.flatMap(\.layers).flatMap(\.assignments).compactMap {
            assignment -> Diagnostic? in
            guard assignment.name.hasSuffix("GRANT_TYPES"), let text = assignment.value.text,
                text.split(whereSeparator: { ", []\"".contains($0) }).contains("password")
            else { return nil }
            return finding("\(assignment.name) allows the password grant", at: assignment.valueSpan)
        }
        let clients = comparison.deployment.realms.flatMap { realm -> [Diagnostic] in
            guard case .array(let clients)? = realm.json["clients"]?.content else { return [] }
            return clients.compactMap { client in
                // Keycloak makes this one itself.
                guard let flag = client.member("directAccessGrantsEnabled"), flag.value.json.bool == true,
                    let id = client["clientId"]?.json.string, id != "admin-cli"
                else { return nil }
                return finding("the client \(id) may ask people for their passwords", at: realm.span(of: flag.value))
            }
        }
        return variables + clients
    }
}
