import ConnectorPlan
import Diagnostics

/// A rule on one kind of difference between a realm and the plan; the comparison is one for all of them.
protocol RealmRule: ObservedRule {
    var kind: RealmDifference.Kind { get }
}

extension RealmRule {
    func isGiven(_ observed: Observed) -> Bool { !observed.realms.isEmpty }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        context.realmDifferences.filter { $0.kind == kind }.map { difference in
            finding(
                difference.message, at: difference.place.span, difference.place.text, severity: difference.severity,
                secondary: difference.origins.prefix(1).map { Label($0, "the spec's part in it") },
                help: difference.help)
        }
    }
}
