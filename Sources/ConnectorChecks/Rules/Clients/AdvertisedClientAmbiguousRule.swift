import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let advertisedClientAmbiguous = DiagnosticCode(
        256, "advertised-client-ambiguous", .note,
        summary: "Connectors have different client ids.",
        why: "One metadata document has one place for a client id, so it advertises none of them.",
        remedy: "Nothing, unless a client reads its id from there: then give the connectors an issuer each.")
}

/// Several client ids, and one document that could name one of them.
struct AdvertisedClientAmbiguousRule: PlanRule {
    private static let two = """
        version: 1
        name: demo
        issuer:
          url: https://auth.example.com
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/auth.db }
        connectors:
          one: { public_url: https://one.example.com/mcp, upstream: "http://127.0.0.1:3930", client_id: cid_one }

        """

    let documentation = RuleDocumentation(
        .advertisedClientAmbiguous,
        failing: [
            RuleExample(
                whole: Self.two + "  two: { public_url: https://two.example.com/mcp, "
                    + "upstream: \"http://127.0.0.1:3931\", client_id: ↓cid_two }\n")
        ],
        passing: [
            RuleExample(
                whole: Self.two + "  two: { public_url: https://two.example.com/mcp, "
                    + "upstream: \"http://127.0.0.1:3931\", client_id: cid_one }\n")
        ], references: [])

    let reads: Set<SpecPart> = [.issuer, .connectors]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        let distinct = plan.spec.advertisableClients
        guard plan.issuer.isBundled, distinct.count == 2 else { return [] }
        return [
            finding(
                "connectors have different client ids: the authorization server metadata advertises none of them",
                at: distinct[1].span, "another client id",
                secondary: [
                    Label(distinct[0].span, "one client id"), Label(plan.spec.issuer.url.span, "the one document"),
                ])
        ]
    }
}
