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
    package static let admissionOfNobody = DiagnosticCode(
        267, "admission-without-condition", .warning,
        summary: "An entry of `allow` says nothing, and so lets everybody in.",
        why: "One entry that holds is enough: the others have no effect beside it.",
        remedy: "Say by it who may come, or take it out.")
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

/// `allow: [{}]`.
struct AdmissionOfNobodyRule: Rule {
    let documentation = RuleDocumentation(
        .admissionOfNobody, failing: [RuleExample(connector: "allow: [{ subject: alice }, ↓{}]")],
        passing: [RuleExample(connector: "allow: [{ subject: alice }]")], references: [])

    let reads: Set<SpecPart> = [.connectors]

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.flatMap(\.admissions).filter { way in
            way.subject == nil && way.group == nil && way.claims.isEmpty && way.scope == nil
        }.map {
            finding("this entry of allow lets everybody in", at: $0.span, "says nothing", help: "say who may come")
        }
    }
}
