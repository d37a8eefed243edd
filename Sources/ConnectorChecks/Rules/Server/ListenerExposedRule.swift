import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let listenerExposed = DiagnosticCode(
        705, "listener-exposed",
        summary: "connectorgen-auth is to listen where other machines can reach it, and nobody is named who may.",
        why:
            "It speaks no TLS: codes, passwords and tokens would cross the network in the open. The server refuses to start.",
        remedy:
            "Listen on 127.0.0.1, [::1] or a unix socket and let nginx reach it there; containers may share a socket in a "
            + "volume. Where nginx is in another container or on another machine, name its addresses in "
            + "`issuer.trusted_proxies`: the server then takes connections from there alone, over a network that is yours.",
        securitySeverity: "7.4")
}

/// A listener that is not of this machine alone, which the server refuses.
struct ListenerExposedRule: Rule {
    let documentation = RuleDocumentation(
        .listenerExposed, isHard: true,
        failing: [
            RuleExample(issuer: "listen: ↓0.0.0.0:8719"), RuleExample(issuer: "listen: ↓10.0.0.5:8719"),
            RuleExample(issuer: "private_listen: ↓\"[::]:8720\""),
            RuleExample(issuer: "listen: ↓auth:8719\nprivate_listen: ↓auth:8720"),
        ],
        passing: [
            RuleExample(issuer: "listen: \"[::1]:8719\"\nprivate_listen: 127.0.0.2:8720"),
            RuleExample(issuer: "listen: unix:/run/connectorgen/auth.sock"),
            RuleExample(
                issuer: "listen: auth:8719\nprivate_listen: auth:8720\ntrusted_proxies: [172.18.0.0/16]"),
        ], references: ["M#33"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.trustedProxies.isEmpty else { return [] }
        let listeners = [("listen", issuer.listen), ("private_listen", issuer.privateListen)]
        return listeners.compactMap { key, written in
            guard let written, !written.value.isLocal else { return nil }
            return finding(
                "issuer.\(key) is `\(written.value.text)`, which other machines can reach", at: written.span,
                "the server refuses it",
                help:
                    "write 127.0.0.1 and a port, or `unix:/run/connectorgen/auth.sock`; where nginx is in another container, "
                    + "add the addresses of its network: `trusted_proxies: [172.18.0.0/16]`")
        }
    }
}
