import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let callersUnknown = DiagnosticCode(
        438, "callers-unknown", .warning,
        summary: "Something stands before nginx, and nobody says who calls.",
        why:
            "nginx sees the address of the balancer or the tunnel, so that all people share one: the limits on sign-ins, "
            + "registrations and requests count them together, and one of them shuts out the others.",
        remedy:
            "Write `targets.nginx.real_ip` with the addresses of what stands before, and its header where that is not "
            + "X-Forwarded-For.")
}

/// TLS that ends before nginx, without a word on whose address counts.
struct CallersUnknownRule: PlanRule {
    let documentation = RuleDocumentation(
        .callersUnknown,
        failing: [RuleExample(top: "targets: { nginx: { tls: ↓terminated } }")],
        passing: [
            RuleExample(top: "targets: { nginx: { tls: terminated, real_ip: { from: [172.18.0.0/16] } } }"),
            RuleExample(top: "targets: { nginx: {} }"),
        ], references: [])

    let reads: Set<SpecPart> = [.targets]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let tls = plan.spec.targets.nginx?.tls, tls.value == .terminated, plan.nginx?.realIP == nil else {
            return []
        }
        return [
            finding(
                "TLS ends before nginx, and targets.nginx.real_ip does not say who calls", at: tls.span,
                "all people share one address",
                help:
                    "add `real_ip: { from: [172.18.0.0/16] }` with the addresses of the balancer or the tunnel; for Cloudflare "
                    + "`header: CF-Connecting-IP` besides")
        ]
    }
}
