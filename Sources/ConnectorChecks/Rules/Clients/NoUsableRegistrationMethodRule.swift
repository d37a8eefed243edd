import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let noUsableRegistrationMethod = DiagnosticCode(
        506, "no-usable-registration-method",
        summary: "A client has no way to become known to the issuer.",
        why: "It could not begin to sign in.",
        remedy: "Offer one of the registration methods that the client can use, or give it an id.")
}

/// A client that no registration method of the issuer admits.
struct NoUsableRegistrationMethodRule: PlanRule {
    let documentation = RuleDocumentation(
        .noUsableRegistrationMethod,
        failing: [
            RuleExample(issuer: "registration: [predefined]", top: "clients: [↓codex]"),
            RuleExample(issuer: "registration: [cimd, dcr]", top: "clients: [{ id: ↓cid_one }]"),
        ],
        passing: [
            RuleExample(issuer: "registration: [predefined]", top: "clients: [claude]"),
            RuleExample(
                issuer: "registration: [predefined]", top: "clients: [claude, { profile: codex, status: ignored }]"),
        ], references: [])

    let reads: Set<SpecPart> = [.issuer, .connectors]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        let issuer = plan.spec.issuer
        let offered = plan.issuer.registrationMethods.map(\.rawValue).joined(separator: ", ")
        return zip(plan.spec.clients, plan.clients).compactMap { section, client in
            guard client.registrationMethods.isEmpty, client.status != .ignored else { return nil }
            let profile = section.profile.flatMap { context.clients.profile(named: $0.value) }
            let can = (profile?.registrationMethods ?? [.predefined]).map(\.rawValue).joined(separator: ", ")
            return finding(
                "\(client.label) has no way to become known to the issuer", at: client.origins[0], "can use: \(can)",
                secondary: (issuer.registration?.first?.span ?? issuer.dcr?.span).map {
                    [Label($0, "offered: \(offered)")]
                } ?? [],
                help: profile?.registrationMethods.contains(.dcr) == true
                    ? "offer dcr in issuer.registration, or give the connector a client_id"
                    : "offer predefined in issuer.registration and give the client an id")
        }
    }
}
