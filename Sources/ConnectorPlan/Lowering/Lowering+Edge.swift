import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    func edgePlan(_ hosts: [HostPlan], issuer: IssuerPlan) -> EdgePlan {
        EdgePlan(
            hosts: hosts, server: issuer.$listen.map("issuer.listen", Self.server),
            privateServer: issuer.$privateListen.map("issuer.private_listen", Self.server),
            externalServer: externalServer(of: hosts))
    }

    func nginxPlan(_ target: NginxTarget) -> NginxPlan {
        NginxPlan(
            version: target.version?.value ?? NginxTarget.Default.version,
            mergesHeaders: target.mergesHeaders,
            metadata: target.metadata?.value ?? NginxTarget.Default.metadata,
            includeFolder: target.includeDir.map { Derived(written: $0.value.text, at: $0.span) }
                ?? Derived(
                    NginxTarget.Default.includeDir(of: spec.name.value.text), .default, from: [target.span]),
            siteHeaders: target.siteHeaders,
            resolver: target.resolver, tls: target.tls?.value ?? NginxTarget.Default.tls, realIP: target.realIP,
            origins: [target.span])
    }

    /// A listener of `connectorgen-auth` as the edge reaches it.
    private static func server(_ listener: ListenAddress) -> ServerAddress {
        ServerAddress(address: listener.address, isTLS: false)
    }

    /// The external issuer itself, where a route leads to it.
    private func externalServer(of hosts: [HostPlan]) -> Derived<ServerAddress?> {
        let isUsed = hosts.contains { host in
            host.routes.contains { route in
                switch route.action {
                case .external, .issuer: true
                default: false
                }
            }
        }
        guard isUsed, let external = externalIssuer() else {
            return Derived(nil, "issuer.upstream or targets.keycloak: no route leads to it", from: [])
        }
        return Derived(external.server, external.$server.rule, from: external.$server.origins)
    }
}
