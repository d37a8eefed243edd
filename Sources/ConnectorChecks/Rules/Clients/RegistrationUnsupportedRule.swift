import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let registrationUnsupported = DiagnosticCode(
        517, "registration-unsupported",
        summary: "The spec offers a way to become known that the issuer does not have.",
        why:
            "`registration` says what an external issuer really offers. Google and Microsoft Entra, for instance, have no "
            + "dynamic registration: clients that need it stop at the first step, and the issuer's own documents say nothing "
            + "of an endpoint. Where a provider is known by hearsay alone, the finding is a warning.",
        remedy:
            "Offer what the issuer has, mostly `registration: [predefined]` with a client that is registered there by hand; or "
            + "issue with connectorgen-auth in front of it and let people sign in there (`mode: upstream`), which has all three."
    )
}

/// A registration method of an external issuer at a provider that has none such.
struct RegistrationUnsupportedRule: PlanRule {
    private static func example(_ url: String, _ registrationMethods: String) -> RuleExample {
        RuleExample(issuer: "url: \(url)\nmode: external\n# no users\n# no store\n\(registrationMethods)")
    }

    let documentation = RuleDocumentation(
        .registrationUnsupported,
        failing: [
            Self.example("https://accounts.google.com", "registration: [predefined, ↓dcr]"),
            Self.example("↓https://login.microsoftonline.com/tenant/v2.0", "# no registration"),
            Self.example("https://accounts.google.com", "registration: [↓cimd, predefined]"),
            Self.example(
                "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc", "registration: [predefined, ↓dcr]"),
        ],
        passing: [
            Self.example("https://accounts.google.com", "registration: [predefined]"),
            Self.example("https://login.microsoftonline.com/tenant/v2.0", "registration: [predefined, cimd]"),
            Self.example("https://auth.example.com/realms/mcp", "registration: [dcr]"),
        ], references: ["RFC 7591 §3"])

    let reads: Set<SpecPart> = [.issuer]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard !plan.issuer.isBundled, let provider = context.providers.provider(at: plan.issuer.host) else { return [] }
        let missing = plan.issuer.registrationMethods.filter {
            provider.registrationMethods[$0] == ProviderCatalogue.Offer.none
        }
        let url = plan.spec.issuer.url
        guard let written = plan.spec.issuer.registration else {
            guard !missing.isEmpty else { return [] }
            let names = missing.map(\.noun).joined(separator: " and ")
            return [report(provider, names, missing, at: url.span, [])]
        }
        return written.filter { missing.contains($0.value) }.map { method in
            report(provider, method.value.noun, [method.value], at: method.span, [Label(url.span, "the issuer")])
        }
    }

    private func report(
        _ provider: ProviderCatalogue.Provider, _ names: String, _ registrationMethods: [RegistrationMethod],
        at span: Span,
        _ secondary: [Label]
    ) -> Diagnostic {
        let has = RegistrationMethod.allCases.filter {
            provider.registrationMethods[$0] != ProviderCatalogue.Offer.none
        }
        let words = registrationMethods.map(\.rawValue).joined(separator: ", ")
        return finding(
            "\(provider.title) has no \(names), and registration offers \(words)", at: span,
            "no client can come in by it", severity: provider.isConfirmed ? nil : .warning, secondary: secondary,
            notes: ["as of \(provider.asOf): \(provider.source)"],
            help:
                "write `registration: [\(has.map(\.rawValue).joined(separator: ", "))]`, or issue with connectorgen-auth in "
                + "front of it (`mode: upstream`)")
    }
}

extension RegistrationMethod {
    /// What people call it.
    fileprivate var noun: String {
        switch self {
        case .predefined: "predefined clients"
        case .cimd: "client documents"
        case .dcr: "dynamic registration"
        }
    }
}
