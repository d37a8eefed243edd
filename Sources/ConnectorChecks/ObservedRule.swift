package import ConnectorPlan
package import ConnectorSpec
package import Diagnostics
import ObservedFiles

/// A rule on what is deployed: it holds observed files against the plan, and runs when there are both.
package protocol ObservedRule: Rule {
    /// True where the files that it is about were given.
    func isGiven(_ observed: Observed) -> Bool
    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic]
    /// True where it could be asked: files of its kind were given, and a plan where it needs one.
    func isAsked(in context: RuleContext) -> Bool
}

extension ObservedRule {
    package var reads: Set<SpecPart> { Set(SpecPart.allCases) }

    package func check(_ context: RuleContext) -> [Diagnostic] {
        guard let plan = context.plan, isGiven(context.observed) else { return [] }
        return check(context.observed, plan, context)
    }

    /// Most are about files of nginx.
    package func isGiven(_ observed: Observed) -> Bool { !observed.nginx.isEmpty }

    package func isAsked(in context: RuleContext) -> Bool { context.plan != nil && isGiven(context.observed) }
}

/// A rule on what processes get, held against what the spec gives them.
protocol EnvironmentRule: ObservedRule {
    func check(_ service: ObservedService, _ context: RuleContext) -> [Diagnostic]
}

extension EnvironmentRule {
    func isGiven(_ observed: Observed) -> Bool { !observed.deployment.files.isEmpty }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        context.comparison.services.flatMap { check($0, context) }
    }
}

/// A rule on deployed files by themselves: no spec is needed to see what it finds.
protocol DeploymentRule: ObservedRule {
    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic]
}

extension DeploymentRule {
    var reads: Set<SpecPart> { [] }

    func isGiven(_ observed: Observed) -> Bool { !observed.deployment.files.isEmpty }
    func isAsked(in context: RuleContext) -> Bool { isGiven(context.observed) }

    func check(_ observed: Observed, _ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] { [] }

    func check(_ context: RuleContext) -> [Diagnostic] {
        isGiven(context.observed) ? check(context.comparison, context) : []
    }
}
