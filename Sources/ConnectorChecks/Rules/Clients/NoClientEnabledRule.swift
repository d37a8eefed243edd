import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let noClientEnabled = DiagnosticCode(
        514, "no-client-enabled", .warning,
        summary: "Neither `clients` nor `trusted_hosts` names anybody who may come in, and documents are not taken.",
        why:
            "Registration admits the hosts that the spec names, and redirects go nowhere else. Clients then say that "
            + "registration failed, which nobody connects with a key that is not there.",
        remedy: "Name the profiles that are to come in: `clients: [chatgpt, claude, claude-code]`.")
}

/// A spec that names nobody who may come in.
struct NoClientEnabledRule: Rule {
    let documentation = RuleDocumentation(
        .noClientEnabled,
        failing: [
            RuleExample(issuer: "url: ↓https://mcp.example.com/mcp\nregistration: [dcr]"),
            RuleExample(issuer: "url: ↓https://mcp.example.com/mcp\nregistration: [predefined, dcr]"),
        ],
        passing: [
            // Those that publish a document come in by it.
            RuleExample(issuer: "registration: [predefined, cimd, dcr]"),
            RuleExample(issuer: "registration: [dcr]", top: "clients: [claude-code]"),
            RuleExample(issuer: "registration: [dcr]", top: "trusted_hosts: [client.example.com]"),
            RuleExample(issuer: "registration: [dcr]", top: "trusted_redirects: [\"com.example.app:/oauth\"]"),
            RuleExample(top: "clients: [{ id: cid_one, redirect_uris: [\"https://client.example.com/callback\"] }]"),
        ], references: ["RFC 7591 §5"])

    let reads: Set<SpecPart> = [.issuer, .clients]

    func check(_ context: RuleContext) -> [Diagnostic] {
        let draft = context.draft
        guard draft.clients.isEmpty, draft.trustedHosts.isEmpty, draft.trustedRedirects.isEmpty,
            let plan = context.plan, !plan.issuer.registrationMethods.contains(.cimd)
        else { return [] }
        var notes: [String] = []
        if plan.issuer.registrationMethods.contains(.dcr), plan.issuer.isBundled {
            notes.append(
                "of those that register, only programs on a person's own machine get in, and only those that name no page"
            )
        }
        return [
            finding(
                "no client is enabled: neither `clients` nor `trusted_hosts` names one", at: plan.spec.issuer.url.span,
                "has nobody to issue tokens to", notes: notes,
                help:
                    "add `clients: [\(context.clients.profiles.prefix(3).map(\.name).joined(separator: ", "))]`, with the "
                    + "profiles that are to come in")
        ]
    }
}
