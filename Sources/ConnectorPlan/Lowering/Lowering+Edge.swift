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
            metadata: target.metadata?.value ?? NginxTarget.Default.metadata,
            includeFolder: target.includeDir.map { Derived(written: $0.value.text, at: $0.span) }
                ?? Derived(NginxTarget.Default.includeDir, .default, from: [target.span]),
            origins: [target.span])
    }

    /// A listener of `connectorgen-auth` as the edge reaches it.
    private static func server(_ listener: ListenAddress) -> ServerAddress {
        ServerAddress(address: listener.address, isTLS: false)
    }

    /// Keycloak itself, where a route leads to it.
    private func externalServer(of hosts: [HostPlan]) -> Derived<ServerAddress?> {
        let isUsed = hosts.contains { host in
            host.routes.contains { if case .external = $0.action { true } else { false } }
        }
        guard isUsed, let server = spec.targets.keycloak?.server else {
            return Derived(nil, "targets.keycloak.server: no route leads to it", from: [])
        }
        let url = server.value
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        return Derived(
            ServerAddress(address: .tcp(host: url.host.text, port: port), isTLS: url.scheme == "https"),
            "targets.keycloak.server: scheme, host and port", from: [server.span])
    }
}
