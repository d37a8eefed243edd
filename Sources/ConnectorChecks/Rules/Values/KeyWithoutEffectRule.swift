import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let keyWithoutEffect = DiagnosticCode(
        265, "key-without-effect", .warning,
        summary: "A key has no effect in this deployment.",
        why: "Whoever reads the spec believes that it does what it says.",
        remedy: "Remove the key, or set what it belongs to.")
}

/// A key that belongs to another mode, or to an output that is not generated.
struct KeyWithoutEffectRule: Rule {
    private static let login =
        "login: ↓{ provider: oidc, issuer: https://login.example.com, client_id: cid_login }"

    let documentation = RuleDocumentation(
        .keyWithoutEffect,
        failing: [
            RuleExample(issuer: Self.login),
            RuleExample(
                issuer:
                    "mode: upstream\nlogin: { provider: oidc, issuer: https://login.example.com, client_id: cid_login }\n"
                    + "users: { file: ↓/etc/connectorgen/users }"),
            RuleExample(connector: "read_timeout: ↓2h\nmax_body: ↓8m"),
            RuleExample(issuer: "trusted_proxies: [↓172.18.0.0/16]", connector: "sessions: ↓false"),
        ],
        passing: [
            RuleExample(issuer: "on_password_change: keep"),
            RuleExample(connector: "read_timeout: 2h\nmax_body: 8m", top: "targets: { nginx: {} }"),
        ], references: [])

    let reads: Set<SpecPart> = [.targets]

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer else { return [] }
        var dead: [(key: String, span: Span?, reason: String)] = []
        if issuer.mode.value == .local {
            dead.append(
                ("issuer.login", issuer.login?.span, "mode local signs people in with names and passwords of its own"))
        }
        if issuer.mode.value == .upstream {
            let reason = "in mode upstream people sign in at the provider"
            dead.append(("issuer.users", issuer.users?.span, reason))
            dead.append(("issuer.on_password_change", issuer.onPasswordChange?.span, reason))
        }
        if context.draft.targets.nginx == nil {
            for connector in context.draft.connectors {
                let name = "connectors.\(connector.name.value.text)"
                let reason = "nginx carries it out, and targets.nginx is not written"
                dead.append(("\(name).read_timeout", connector.readTimeout?.span, reason))
                dead.append(("\(name).max_body", connector.maxBody?.span, reason))
                dead.append(("\(name).rate_limit", connector.rateLimit?.span, reason))
                dead.append(("\(name).host_header", connector.hostHeader?.span, reason))
                dead.append(("\(name).message_path", connector.messagePath?.span, reason))
            }
        }
        for connector in context.draft.connectors where connector.replicas.isEmpty {
            dead.append(
                (
                    "connectors.\(connector.name.value.text).sessions", connector.sessions?.span,
                    "sessions are kept together among several `upstreams`"
                ))
        }
        let listeners = [issuer.listen, issuer.privateListen].compactMap { $0?.value }
        if listeners.allSatisfy(\.isLocal) {
            dead.append(
                ("issuer.trusted_proxies", issuer.trustedProxies.first?.span, "no other machine reaches the listeners"))
        }
        return dead.compactMap { key, span, reason in
            span.map {
                finding("\(key) has no effect: \(reason)", at: $0, "has no effect", help: "remove it")
            }
        }
    }
}
