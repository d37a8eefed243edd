import ConnectorPlan
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedSecretMissing = DiagnosticCode(
        830, "deployed-secret-missing", .warning,
        summary: "A secret that the spec refers to is set by none of the deployed files of its service.",
        why:
            "The service does not start, or starts with none: every token is refused, or the identity provider answers `invalid_client`.",
        remedy: "Set it where the service gets its secrets, and give that file to lint too.")
}

/// A secret that nothing sets.
struct DeployedSecretMissingRule: EnvironmentRule {
    let documentation = RuleDocumentation(
        .deployedSecretMissing,
        failing: [
            RuleExample(top: DeployedExample.secret, files: [".env": "↓CONNECTOR_ISSUER=https://mcp.example.com/mcp\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.secret,
                files: [".env": "CONNECTOR_ISSUER=https://mcp.example.com/mcp\nAPP_SECRET=x\n"])
        ], references: ["M#195"])

    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic] {
        guard service.environment.unseen.isEmpty, let place = service.place else { return [] }
        return service.expectation.variables.compactMap { variable in
            guard case .secret = variable.value, service.effective[variable.name] == nil else { return nil }
            return finding(
                "\(service.environment.title) does not have the secret \(variable.name)", at: place, "is not set here",
                secondary: variable.origins.first.map { [Label($0, "the spec refers to it")] } ?? [])
        }
    }
}
