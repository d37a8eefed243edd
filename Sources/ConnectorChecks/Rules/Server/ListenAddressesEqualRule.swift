import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let listenAddressesEqual = DiagnosticCode(
        704, "listen-addresses-equal",
        summary: "`issuer.listen` and `issuer.private_listen` are one address.",
        why: "The server needs two: what it answers privately, to nginx and to operators, is nobody else's business.",
        remedy: "Give one of them another port or socket. The defaults are \(IssuerSection.Default.listen.text) and "
            + "\(IssuerSection.Default.privateListen.text).")
}

/// Two listeners on one address.
struct ListenAddressesEqualRule: PlanRule {
    let documentation = RuleDocumentation(
        .listenAddressesEqual, isHard: true,
        failing: [
            RuleExample(issuer: "listen: ↓127.0.0.1:8720"), RuleExample(issuer: "private_listen: ↓127.0.0.1:8719"),
            RuleExample(issuer: "listen: unix:/run/auth.sock\nprivate_listen: ↓unix:/run/auth.sock"),
        ],
        passing: [RuleExample(issuer: "listen: 127.0.0.1:8720\nprivate_listen: 127.0.0.1:8721")], references: [])

    let reads: Set<SpecPart> = [.issuer]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        let section = plan.spec.issuer
        guard plan.issuer.listen == plan.issuer.privateListen,
            let place = section.privateListen?.span ?? section.listen?.span
        else { return [] }
        let other = section.privateListen == nil ? "private_listen has it too, by default" : "listen has it too"
        return [
            finding(
                "issuer.listen and issuer.private_listen are both \(plan.issuer.listen.text)", at: place, other,
                secondary: section.privateListen == nil
                    ? [] : section.listen.map { [Label($0.span, "issuer.listen")] } ?? [],
                help: "give one of them another port, `127.0.0.1:8721`")
        ]
    }
}
