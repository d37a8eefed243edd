import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import JSONSyntax
import ObservedFiles

extension DiagnosticCode {
    package static let realmFileElsewhere = DiagnosticCode(
        974, "realm-file-elsewhere",
        summary: "A file shows another realm than the one of the spec.",
        why: "It was held against nothing: that no difference is reported does not mean that there is none.",
        remedy: "Give an export of the realm of `targets.keycloak.realm`, or correct the spec.")
}

/// An export of a realm that the spec is not about.
struct RealmFileElsewhereRule: ObservedRule {
    let documentation = RuleDocumentation(
        .realmFileElsewhere, failing: [RealmExample.changed(#""realm": "mcp""#, to: #""realm": ↓"staging""#)],
        passing: [RealmExample.agreeing], references: [])

    func isGiven(_ observed: Observed) -> Bool { !observed.realms.isEmpty }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let keycloak = plan.keycloak else { return [] }
        return observed.realms.compactMap { file in
            let names = file.realms.map { $0["realm"]?.string ?? "" }
            guard let first = file.realms.first, !names.contains(keycloak.realm) else { return nil }
            return finding(
                "\(file.path) shows the realm \(names.joined(separator: ", ")), and the spec is about \(keycloak.realm)",
                at: LiveRealm(first, of: file).head(of: first),
                secondary: (plan.spec.targets.keycloak?.realm.span).map { [Label($0, "the realm of the spec")] } ?? [])
        }
    }
}
