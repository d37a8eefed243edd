import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let externalIssues = DiagnosticCode(
        257, "external-issues-nothing",
        summary: "A key of a server that issues tokens stands in mode `external`.",
        why: "In this mode another issuer issues the tokens, so the key has no effect.",
        remedy: "Remove it, or let connectorgen-auth issue with `issuer.mode: upstream` or `local`.")
}

/// Settings of our own issuing where the tokens come from elsewhere.
struct ExternalIssuesRule: Rule {
    private static let external = "mode: external\n# no users\n# no store\n"

    let documentation = RuleDocumentation(
        .externalIssues,
        failing: [
            RuleExample(issuer: Self.external + "endpoints: { token: ↓/token }"),
            RuleExample(issuer: "mode: external\nusers: { file: ↓/etc/connectorgen/users }\n# no store"),
            RuleExample(issuer: Self.external + "tokens: ↓{ access_lifetime: 15m }\nopenid: ↓true"),
        ],
        passing: [
            RuleExample(issuer: Self.external + "registration: [predefined, dcr]"),
            RuleExample(issuer: "tokens: { access_lifetime: 15m }\nopenid: true"),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value == .external else { return [] }
        let endpoints = EndpointName.allCases.compactMap { name in
            issuer.endpoints[name].map { ("endpoints.\(name.rawValue)", $0.span) }
        }
        let others: [(String, Span?)] = [
            ("store", issuer.store?.span), ("login", issuer.login?.span), ("users", issuer.users?.span),
            ("on_password_change", issuer.onPasswordChange?.span), ("key", issuer.key?.span),
            ("limits", issuer.limits?.span), ("client_documents", issuer.clientDocuments?.span),
            ("enforce_client_uri_hosts", issuer.enforceClientURIHosts?.span), ("tokens", issuer.tokens?.span),
            ("openid", issuer.openid?.span), ("root_metadata", issuer.rootMetadata?.span),
            ("origin_fallbacks", issuer.originFallbacks?.span),
        ]
        return (endpoints + others.compactMap { key, span in span.map { (key, $0) } }).map { key, span in
            finding(
                "issuer.\(key) has no meaning in issuer.mode: external", at: span,
                secondary: [Label(issuer.mode.span, "another issuer issues the tokens")],
                help: "remove it, or let connectorgen-auth issue with issuer.mode: upstream or local")
        }
    }
}
