import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let endpointNotServed = DiagnosticCode(
        255, "endpoint-not-served", .warning,
        summary: "`issuer.endpoints` names an endpoint that is not served.",
        why: "The path leads nowhere and is not advertised.",
        remedy: "Remove it, or switch on what it belongs to.")
}

/// A path for an endpoint that the server does not have in this deployment.
struct EndpointNotServedRule: PlanRule {
    let documentation = RuleDocumentation(
        .endpointNotServed,
        failing: [
            RuleExample(
                issuer: "dcr: off\nregistration: [predefined, cimd]\nendpoints: { register: ↓/oauth/register }"),
            RuleExample(issuer: "endpoints: { callback: ↓/oauth/callback }"),
        ],
        passing: [RuleExample(issuer: "endpoints: { register: /oauth/register, login: /oauth/login }")], references: [])

    let reads: Set<SpecPart> = [.issuer]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard plan.issuer.isBundled else { return [] }
        return EndpointName.allCases.compactMap { name in
            guard let written = plan.spec.issuer.endpoints[name], plan.issuer.endpointPaths[name] == nil else {
                return nil
            }
            return finding(
                "issuer.endpoints.\(name.rawValue) names an endpoint that is not served", at: written.span,
                Self.reason(name), help: "remove it")
        }
    }

    private static func reason(_ name: EndpointName) -> String {
        switch name {
        case .register: "clients cannot register: issuer.dcr is off"
        case .login: "there is no login page of our own unless issuer.mode is local"
        default: "nobody comes back from a provider unless issuer.mode is upstream"
        }
    }
}
