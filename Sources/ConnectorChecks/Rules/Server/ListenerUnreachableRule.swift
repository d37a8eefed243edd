import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let listenerUnreachable = DiagnosticCode(
        725, "listener-unreachable",
        summary: "connectorgen-auth listens on every address, and nginx is told none.",
        why:
            "`0.0.0.0` and `[::]` are for listening: nothing is reached at them, so nginx would look on its own machine. nginx "
            + "is led to what `listen` says.",
        remedy:
            "Write the name by which nginx reaches the server, such as `listen: auth:8719` for the service `auth` of a compose "
            + "file: the server then listens on every address of its container.")
}

/// An address to listen on that nginx cannot be led to.
struct ListenerUnreachableRule: Rule {
    let documentation = RuleDocumentation(
        .listenerUnreachable,
        failing: [
            RuleExample(
                issuer: "listen: ↓0.0.0.0:8719\nprivate_listen: ↓\"[::]:8720\"\ntrusted_proxies: [172.18.0.0/16]",
                top: "targets: { nginx: {} }")
        ],
        passing: [
            RuleExample(
                issuer: "listen: auth:8719\nprivate_listen: auth:8720\ntrusted_proxies: [172.18.0.0/16]",
                top: "targets: { nginx: { resolver: 127.0.0.11 } }"),
            RuleExample(
                issuer: "listen: 0.0.0.0:8719\nprivate_listen: 0.0.0.0:8720\ntrusted_proxies: [172.18.0.0/16]"),
        ], references: [])

    let reads: Set<SpecPart> = [.targets]

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, !issuer.trustedProxies.isEmpty, context.draft.targets.nginx != nil
        else { return [] }
        return [("listen", issuer.listen), ("private_listen", issuer.privateListen)].compactMap { key, written in
            guard let written, written.value.isUnspecified, case .tcp(_, let port) = written.value.address else {
                return nil
            }
            return finding(
                "issuer.\(key) is `\(written.value.text)`, where nginx cannot reach anything", at: written.span,
                "an address to listen on",
                help: "write the name or address by which nginx reaches it: `\(key): auth:\(port)`")
        }
    }
}
