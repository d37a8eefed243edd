import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let admissionByClaims = DiagnosticCode(
        266, "admission-by-unknown-claims",
        summary: "`allow` asks for a group or a claim of a token that has none.",
        why:
            "Tokens of connectorgen-auth say who it is and what they may do, and nothing else. The entry lets nobody in; "
            + "where it is the only one, everybody is refused.",
        remedy: "Use `subject` or `scope`; groups and claims are those of an external issuer.")
}

/// `group` and `claims` where this server issues the tokens.
struct AdmissionByClaimsRule: Rule {
    let documentation = RuleDocumentation(
        .admissionByClaims, isHard: true,
        failing: [
            RuleExample(connector: "allow: [{ group: ↓staff }]"),
            RuleExample(connector: "allow: [{ subject: alice }, { claims: { hd: ↓example.com } }]"),
        ],
        passing: [
            RuleExample(connector: "allow: [{ subject: alice }, { scope: mcp.tools }]"),
            RuleExample(
                whole: EdgeVerificationMissingRule.external(
                    "verification: { jwks: {} }", "allow: [{ group: staff, claims: { hd: example.com } }]")),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value != .external else { return [] }
        return context.draft.connectors.flatMap { connector in
            connector.admissions.flatMap { way in
                ([way.group?.span] + way.claims.map(\.value.span)).compactMap(\.self).map { span in
                    finding(
                        "tokens of issuer.mode: \(issuer.mode.value.rawValue) have no groups and no further claims",
                        at: span, "never holds", secondary: [Label(issuer.mode.span, "this server issues the tokens")],
                        help: "use subject or scope")
                }
            }
        }
    }
}
