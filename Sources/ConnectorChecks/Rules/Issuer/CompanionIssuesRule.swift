import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let companionIssues = DiagnosticCode(
        257, "companion-issues-nothing",
        summary: "A key of a server that issues tokens stands in mode `companion`.",
        why: "In this mode another issuer issues the tokens, so the key has no effect.",
        remedy: "Remove it, or let connectorgen-auth issue with `issuer.mode: upstream` or `local`.")
}

/// Settings of our own issuing where the tokens come from elsewhere.
struct CompanionIssuesRule: Rule {
    private static let companion = "mode: companion\n# no users\n# no store\n"

    let documentation = RuleDocumentation(
        .companionIssues,
        failing: [
            RuleExample(issuer: Self.companion + "endpoints: { token: ↓/token }"),
            RuleExample(issuer: "mode: companion\nusers: { file: ↓/etc/connectorgen/users }\n# no store"),
            RuleExample(issuer: Self.companion + "tokens: ↓{ access_lifetime: 15m }\nopenid: ↓true"),
        ],
        passing: [
            RuleExample(issuer: Self.companion + "registration: [predefined, dcr]"),
            RuleExample(issuer: "tokens: { access_lifetime: 15m }\nopenid: true"),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value == .companion else { return [] }
        let endpoints = EndpointName.allCases.compactMap { name in
            issuer.endpoints[name].map { ("endpoints.\(name.rawValue)", $0.span) }
        }
        let others: [(String, Span?)] = [
            ("store", issuer.store?.span), ("login", issuer.login?.span), ("users", issuer.users?.span),
            ("on_password_change", issuer.onPasswordChange?.span), ("key", issuer.key?.span),
            ("limits", issuer.limits?.span), ("client_documents", issuer.clientDocuments?.span),
            ("client_uris_must_match", issuer.clientURIsMustMatch?.span), ("tokens", issuer.tokens?.span),
            ("openid", issuer.openid?.span), ("root_metadata", issuer.rootMetadata?.span),
            ("origin_fallbacks", issuer.originFallbacks?.span),
        ]
        return (endpoints + others.compactMap { key, span in span.map { (key, $0) } }).map { key, span in
            finding(
                "issuer.\(key) has no meaning in issuer.mode: companion", at: span,
                secondary: [Label(issuer.mode.span, "another issuer issues the tokens")],
                help: "remove it, or let connectorgen-auth issue with issuer.mode: upstream or local")
        }
    }
}
