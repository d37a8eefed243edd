import ConnectorSpec
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let storeOfReplicas = DiagnosticCode(
        837, "store-of-replicas",
        summary: "Several replicas of connectorgen-auth run with a store that belongs to one.",
        why:
            "Each has its own clients and grants: a sign-in works on every second try, and registered clients vanish.",
        remedy: "Run one, or keep grants in PostgreSQL: `issuer.store: { postgres: … }`.")
}

/// One file for several servers.
struct StoreOfReplicasRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .storeOfReplicas,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml": "services:\n  auth:\n    image: connectorgen-auth\n    deploy: { replicas: ↓2 }\n"
                ])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml":
                        "services:\n  auth:\n    image: connectorgen-auth\n    deploy: { replicas: 1 }\n  mcp:\n    deploy: { replicas: 3 }\n"
                ])
        ], references: ["M#220"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, let store = issuer.store, case .sqlite = store.value else { return [] }
        return comparison.deployment.environments.compactMap { environment in
            guard let replicas = environment.replicas, replicas.count > 1,
                environment.program.contains("\(Product.name)-auth")
            else { return nil }
            return finding(
                "\(environment.title) runs \(replicas.count) times, each with a store of its own", at: replicas.span,
                secondary: [Label(store.span, "one file, one server")])
        }
    }
}
