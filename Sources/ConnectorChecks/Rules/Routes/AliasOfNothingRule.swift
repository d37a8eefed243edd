import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let aliasOfNothing = DiagnosticCode(
        412, "alias-of-nothing",
        summary: "`legacy_aliases` stand in a mode in which another issuer has the endpoints.",
        why: "There is nothing here that they could lead to.",
        remedy: "Remove them, or issue with `issuer.mode: upstream` or `local`.")
}

/// Old endpoints of a server that is not ours.
struct AliasOfNothingRule: Rule {
    let documentation = RuleDocumentation(
        .aliasOfNothing,
        failing: [
            RuleExample(
                issuer: "mode: external\n# no users\n# no store",
                connector: "legacy_aliases: [{ path: ↓/api/oauth, sunset: 2027-03-31 }]")
        ],
        passing: [RuleExample(connector: "legacy_aliases: [{ path: /api/oauth, sunset: 2027-03-31 }]")],
        references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value == .external else { return [] }
        return context.draft.connectors.flatMap { connector in
            connector.legacyAliases.map { alias in
                finding(
                    "connectors.\(connector.name.value.text).legacy_aliases has no endpoints to lead to",
                    at: alias.path.span, secondary: [Label(issuer.mode.span, "the endpoints belong to another issuer")],
                    help: "remove it: old endpoints can be kept alive only in issuer.mode upstream or local")
            }
        }
    }
}
