import ConnectorPlan
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let realmFileUnreadable = DiagnosticCode(
        973, "realm-file-unreadable",
        summary: "A file that was given as a realm is no export of one.",
        why: "Nothing can be said of the realm, and nothing is concluded from what is not in the file.",
        remedy: "Give what `status.sh --json` prints, a partial export of the realm with its clients, or a full one "
            + "(`kc.sh export`).")
}

/// A file that shows no realm.
struct RealmFileUnreadableRule: ObservedRule {
    let documentation = RuleDocumentation(
        .realmFileUnreadable,
        failing: [
            RealmExample.example("↓{ \"realm\": \"mcp\" }\n"), RealmExample.example("{ \"realm\": \"mcp\"↓"),
        ],
        passing: [RealmExample.agreeing], references: [])

    func isGiven(_ observed: Observed) -> Bool { !observed.realms.isEmpty }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak else { return [] }
        return observed.realms.compactMap { file in
            file.problem.map { problem in
                finding(
                    "\(file.path) shows no realm: \(problem.message)", at: problem.span,
                    secondary: keycloak.origins.prefix(1).map { Label($0, "is about this realm") })
            }
        }
    }
}
