package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics

/// A rule on what is deployed: it holds observed files against the plan, and runs when there are both.
package protocol ObservedRule: Rule {
    /// True when there are files of the kind that the rule is about.
    func sees(_ observed: Observed) -> Bool
    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic]
}

extension ObservedRule {
    package var reads: Set<SpecPart> { Set(SpecPart.allCases) }

    package func sees(_ observed: Observed) -> Bool { !observed.nginx.isEmpty }

    package func check(_ context: RuleContext) -> [Diagnostic] {
        guard let plan = context.plan, sees(context.observed) else { return [] }
        return check(context.observed, plan, context)
    }
}
