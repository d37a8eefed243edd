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
            RuleExample(top: "targets: { nginx: { guest_on: [↓other.example.com] } }"),
            RuleExample(
                top:
                    "targets: { nginx: { version: \"1.30\", site_headers: { Strict-Transport-Security: ↓max-age=1 } } }"
            ),
            RuleExample(issuer: "verification: { jwks: ↓{} }"),
            RuleExample(
                connector: "verify: application\nallow: [↓{ subject: alice }]\nbearer: ↓{ pass: [pat_] }\n"
                    + "identity_headers: ↓{ subject: X-User-Id }"),
            RuleExample(connector: "audience: [↓https://mcp.example.com/mcp]"),
            RuleExample(issuer: "trusted_proxies: [↓172.18.0.0/16]", connector: "sessions: ↓false"),
            RuleExample(
                issuer: "url: https://mcp.example.com/realms/mcp\nmode: external\n# no users\n# no store\n"
                    + "upstream: http://127.0.0.1:8080",
                connector: "verify: application",
                top: "targets:\n  keycloak: { realm: mcp, server: \"https://admin.example.com\", version: \"26.7\", "
                    + "upstream: ↓\"http://127.0.0.1:8080\" }"),
        ],
        passing: [
            RuleExample(issuer: "on_password_change: keep"),
            RuleExample(connector: "read_timeout: 2h\nmax_body: 8m", top: "targets: { nginx: {} }"),
            RuleExample(top: "targets: { nginx: { site_headers: { Strict-Transport-Security: max-age=1 } } }"),
        ], references: [])

    let reads: Set<SpecPart> = [.issuer, .connectors, .targets]

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
        if issuer.upstream != nil {
            dead.append(
                (
                    "targets.keycloak.upstream", context.draft.targets.keycloak?.upstream?.span,
                    "nginx leads to issuer.upstream"
                ))
        }
        dead += verification(of: issuer, context.draft.connectors)
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
        if let nginx = context.draft.targets.nginx { dead += Self.dead(in: nginx, of: context.draft) }
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

    /// A host on which nothing is, and headers that nginx inherits by itself.
    private static func dead(
        in nginx: NginxTarget, of draft: PartialSpec
    ) -> [(key: String, span: Span?, reason: String)] {
        var hosts = Set(draft.connectors.flatMap { [$0.publicURL.value.host] + $0.aliasHosts.map(\.value) })
        if let issuer = draft.issuer { hosts.insert(issuer.url.value.host) }
        let strange = nginx.guestOn.filter { !hosts.contains($0.value) }.map { host in
            (key: "targets.nginx.guest_on", span: Span?.some(host.span), reason: "no URL of this spec is on that host")
        }
        guard nginx.mergesHeaders else { return strange }
        return strange + [
            (
                key: "targets.nginx.site_headers", span: nginx.siteHeaders?.spans.last,
                reason: "from version 1.29.3 on nginx adds the headers of locations to those of the site"
            )
        ]
    }

    /// What only the edge does, and what is only of tokens of another issuer.
    private func verification(
        of issuer: IssuerSection, _ connectors: [ConnectorSection]
    ) -> [(key: String, span: Span?, reason: String)] {
        var dead: [(key: String, span: Span?, reason: String)] = []
        let isBundled = issuer.mode.value != .external
        let own = "in mode \(issuer.mode.value.rawValue) connectorgen-auth issues the tokens itself"
        if isBundled { dead.append(("issuer.verification", issuer.verification?.span, own)) }
        for connector in connectors {
            let name = "connectors.\(connector.name.value.text)"
            let verify = connector.verify?.value ?? ConnectorSection.Default.verify(of: connector, issuer: issuer)
            let application = "the MCP server verifies the tokens (`verify: application`)"
            if isBundled || verify == .application {
                dead.append(("\(name).audience", connector.audiences.first?.span, isBundled ? own : application))
            }
            guard verify == .application else { continue }
            dead.append(("\(name).allow", connector.admissions.first?.span, application))
            dead.append(("\(name).bearer", connector.bearer?.span, application))
            dead.append(("\(name).identity_headers", connector.identityHeaders?.span, application))
        }
        return dead
    }
}
