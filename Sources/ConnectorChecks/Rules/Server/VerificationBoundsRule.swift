import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let verificationBounds = DiagnosticCode(
        702, "verification-too-patient", .warning,
        summary: "The verification of external tokens takes what is over for good, for a long time.",
        why:
            "A token counts beyond its end by the leeway, one that was revoked by the life of a kept answer, and one of a key "
            + "that was withdrawn as long as keys count that nobody can renew.",
        remedy: "Write at most 5m of leeway, 5m of cache and 24h of stale keys, or allow the finding with the reason.",
        securitySeverity: "4.8")
}

/// Times of `issuer.verification` that are longer than clocks are off and outages last.
struct VerificationBoundsRule: Rule {
    private static func example(_ verification: String) -> RuleExample {
        RuleExample(
            whole: EdgeVerificationMissingRule.external("verification: \(verification)", "scopes: [mcp.tools]"))
    }
    private static let introspection =
        "url: https://login.example.com/introspect, client_id: cid_edge, client_secret: { env: EDGE_SECRET }"

    let documentation = RuleDocumentation(
        .verificationBounds,
        failing: [
            example("{ jwks: { leeway: ↓10m, stale_keys: ↓30d } }"),
            example("{ introspection: { \(introspection), cache: ↓1h } }"),
        ],
        passing: [
            example("{ jwks: { leeway: 1m, stale_keys: 24h } }"),
            example("{ introspection: { \(introspection), cache: 1m } }"),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let times: [(name: String, time: Located<TimeSpan>?, most: Int, text: String)] =
            switch context.draft.issuer?.verification {
            case .signed(let section)?:
                [
                    ("leeway", section.leeway, 300, "5m"), ("stale_keys", section.staleKeys, 86_400, "24h"),
                ]
            case .introspected(let section)?:
                [("leeway", section.leeway, 300, "5m"), ("cache", section.cache, 300, "5m")]
            case nil: []
            }
        return times.compactMap { name, time, most, text in
            guard let time, time.value.seconds > most else { return nil }
            return finding(
                "\(name) is \(time.value.text), for which tokens count that are over", at: time.span,
                "longer than \(text)", help: "write \(text) or less")
        }
    }
}
