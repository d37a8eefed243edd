import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let identityHeaderTwice = DiagnosticCode(
        423, "identity-header-twice",
        summary: "Two of the headers by which an MCP server learns who is calling have one name.",
        why: "nginx would send both, and the MCP server take one for the other: a client for a person.",
        remedy:
            "Give each a name of its own; those that are not written are X-MCP-Subject, -Issuer, -Client and -Scopes.",
        securitySeverity: "6.5")
}

/// Names of `identity_headers` that are one, or one of the standard names of the others.
struct IdentityHeaderTwiceRule: PlanRule {
    let documentation = RuleDocumentation(
        .identityHeaderTwice, isHard: true,
        failing: [
            RuleExample(connector: "identity_headers: { subject: X-User-Id, client: ↓x-user-id }"),
            RuleExample(connector: "identity_headers: { subject: ↓X-MCP-Client }"),
        ],
        passing: [
            RuleExample(connector: "identity_headers: { subject: X-MCP-Client, client: X-MCP-Subject }"),
            RuleExample(connector: "identity_headers: { subject: X-User-Id }"),
        ], references: [])

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        plan.connectors.flatMap { (section, resource) -> [Diagnostic] in
            let (written, names) = (section.identityHeaders, resource.identityNames)
            let all = [
                (names.subject, written?.subject?.span), (names.issuer, written?.issuer?.span),
                (names.client, written?.client?.span), (names.scopes, written?.scopes?.span),
            ]
            return all.indices.compactMap { index -> Diagnostic? in
                let (name, span) = all[index]
                guard let span else { return nil }
                let others = all.indices.filter { other in
                    // Of two that are written the later one is told.
                    other != index && all[other].0.matchesIgnoringCase(name) && (other < index || all[other].1 == nil)
                }
                guard !others.isEmpty else { return nil }
                return finding(
                    "`\(name)` is the name of two identity headers of connectors.\(section.name.value.text)", at: span,
                    help: "give each a name of its own")
            }
        }
    }
}
