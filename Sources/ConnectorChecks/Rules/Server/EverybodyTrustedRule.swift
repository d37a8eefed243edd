import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let everybodyTrusted = DiagnosticCode(
        726, "everybody-trusted",
        summary: "A range of trusted addresses holds every address.",
        why:
            "In `real_ip.from` anybody could name an address to be counted and logged by, and so get around every limit; in "
            + "`trusted_proxies` anybody could reach the server past nginx, and name an address there.",
        remedy: "Name the network of the balancer or of nginx, such as `172.18.0.0/16`.",
        securitySeverity: "7.4")
}

/// Trust in an address that anybody may have.
struct EverybodyTrustedRule: Rule {
    let documentation = RuleDocumentation(
        .everybodyTrusted,
        failing: [
            RuleExample(top: "targets:\n  nginx: { real_ip: { from: [↓0.0.0.0/0, ↓\"::/0\"] } }"),
            RuleExample(issuer: "listen: auth:8719\ntrusted_proxies: [↓0.0.0.0/0]"),
        ],
        passing: [RuleExample(top: "targets:\n  nginx: { real_ip: { from: [10.0.0.0/8, \"fd00::/8\"] } }")],
        references: ["M#33"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let ranges =
            (context.draft.issuer?.trustedProxies ?? []).map { ("issuer.trusted_proxies", $0) }
            + (context.draft.targets.nginx?.realIP?.from ?? []).map { ("targets.nginx.real_ip.from", $0) }
        return ranges.compactMap { key, range in
            guard range.value.isEverybody else { return nil }
            return finding(
                "\(key) trusts every address", at: range.span, "anybody could name an address",
                help: "name the network of what stands before, such as `172.18.0.0/16`")
        }
    }
}
