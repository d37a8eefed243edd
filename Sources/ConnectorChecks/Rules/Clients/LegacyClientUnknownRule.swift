import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let legacyClientUnknown = DiagnosticCode(
        310, "legacy-client-unknown",
        summary: "`default_client` of a legacy alias names no client of the deployment.",
        why: "Old calls come without a client id and are answered 400, which is what the alias is there to prevent.",
        remedy: "Name the `client_id` of a connector, or the `id` of an entry of `clients`.")
}

/// An old endpoint family that stands for an unknown client.
struct LegacyClientUnknownRule: PlanRule {
    private static func alias(_ client: String) -> String {
        "legacy_aliases: [{ path: /api/oauth, sunset: 2027-03-31, default_client: \(client) }]"
    }

    let documentation = RuleDocumentation(
        .legacyClientUnknown,
        failing: [
            RuleExample(connector: Self.alias("↓cid_gone")),
            RuleExample(connector: Self.alias("↓cid_old"), top: "clients: [{ id: cid_old, status: ignored }]"),
        ],
        passing: [
            RuleExample(connector: Self.alias("cid_example")),
            RuleExample(connector: Self.alias("cid_old"), top: "clients: [{ id: cid_old, status: legacy }]"),
            RuleExample(connector: Self.alias("https://client.example.com/oauth/client.json")),
        ], references: ["seed 002"])

    let reads: Set<SpecPart> = [.connectors, .clients]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard plan.issuer.isBundled, plan.spec.connectors.contains(where: { !$0.legacyAliases.isEmpty }) else {
            return []
        }
        let known = Set(plan.clients.filter { $0.status != .ignored }.compactMap(\.id))
        return plan.spec.connectors.flatMap(\.legacyAliases).compactMap { alias in
            guard let client = alias.defaultClient, !known.contains(client.value.text),
                !(client.value.isMetadataDocument && plan.issuer.registrationMethods.contains(.cimd))
            else { return nil }
            return finding(
                "default_client `\(client.value.text)` is no client of this deployment", at: client.span,
                "every old call is answered 400",
                help: Suggestion.nearest(to: client.value.text, in: known.sorted()).map { "did you mean `\($0)`?" }
                    ?? "name a connector's client_id, or add the client to `clients`")
        }
    }
}
