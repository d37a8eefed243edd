import ConnectorPlan
package import Diagnostics

extension DiagnosticCode {
    package static let realmFilePartial = DiagnosticCode(
        988, "realm-file-partial", .note,
        summary: "A file shows a realm without its clients.",
        why: "Nothing is said of clients: whether those of the spec are there, and whether others lack our scopes.",
        remedy:
            "Export the realm with its clients: `kcadm.sh create partial-export -q exportClients=true -o`, or sign in with "
            + "the rights to do so.")
}

/// An export without clients, or a status made with rights that do not show those of others.
struct RealmFilePartialRule: ObservedRule {
    let documentation = RuleDocumentation(
        .realmFilePartial,
        failing: [RealmExample.changed(#""realm": "mcp""#, to: #""realm": ↓"mcp""#, without: "clients")],
        passing: [RealmExample.agreeing], references: [])

    func isGiven(_ observed: Observed) -> Bool { !observed.realms.isEmpty }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak else { return [] }
        return observed.realms(of: keycloak).compactMap { realm in
            guard realm.clients == nil || realm.isLimited else { return nil }
            return finding(
                realm.clients == nil
                    ? "the file shows no clients of realm \(keycloak.realm), and nothing is said of them"
                    : "the file shows our own clients alone, and nothing is said of others",
                at: realm["realm"].map { realm.span($0) } ?? realm.place(of: "realm"),
                secondary: keycloak.origins.prefix(1).map { Label($0, "is about this realm") })
        }
    }
}
