import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let registrationUnsupported = DiagnosticCode(
        517, "registration-unsupported",
        summary: "The lane `dcr` is offered by an issuer without dynamic registration.",
        why:
            "Google and Microsoft Entra have no dynamic registration. Clients that need it stop at the first step, and the "
            + "issuer's own documents say nothing of an endpoint.",
        remedy:
            "Issue with connectorgen-auth and let people sign in there (`mode: upstream`), or offer `predefined` alone."
    )
}

/// Dynamic registration at a provider that has none.
struct RegistrationUnsupportedRule: PlanRule {
    private static func example(_ url: String, _ lanes: String) -> RuleExample {
        RuleExample(issuer: "url: \(url)\nmode: external\n# no users\n# no store\n\(lanes)")
    }

    let documentation = RuleDocumentation(
        .registrationUnsupported,
        failing: [
            Self.example("https://accounts.google.com", "registration: [predefined, ↓dcr]"),
            Self.example("↓https://login.microsoftonline.com/tenant/v2.0", "# no registration"),
        ],
        passing: [
            Self.example("https://accounts.google.com", "registration: [predefined]"),
            Self.example("https://auth.example.com/realms/mcp", "registration: [dcr]"),
        ], references: ["RFC 7591 §3"])

    let reads: Set<SpecPart> = [.issuer]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard !plan.issuer.isBundled, plan.issuer.lanes.contains(.dcr),
            let provider = context.providers.provider(at: plan.issuer.host), !provider.registersClients
        else { return [] }
        let url = plan.spec.issuer.url
        let lane = plan.spec.issuer.registration?.first { $0.value == .dcr }
        return [
            finding(
                "\(provider.title) has no dynamic registration, and the lane dcr is offered",
                at: lane?.span ?? url.span,
                "no client can register there", secondary: lane == nil ? [] : [Label(url.span, "the issuer")],
                help: "write `registration: [predefined]`, or issue with connectorgen-auth (`mode: upstream`)")
        ]
    }
}
