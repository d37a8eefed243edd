import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    func edgePlan(_ hosts: [HostPlan]) -> EdgePlan {
        EdgePlan(
            hosts: hosts, server: listener(spec.issuer.listen, IssuerSection.Default.listen),
            privateServer: listener(spec.issuer.privateListen, IssuerSection.Default.privateListen),
            externalServer: externalServer(of: hosts))
    }

    func nginxPlan(_ target: NginxTarget) -> NginxPlan {
        NginxPlan(
            version: target.version?.value ?? NginxTarget.Default.version,
            mergesHeaders: target.mergesHeaders,
            metadata: target.metadata?.value ?? NginxTarget.Default.metadata,
            includeFolder: target.includeDir?.value.text
                ?? NginxTarget.Default.includeDir(of: spec.name.value.text),
            includeOrigins: target.includeDir.map { [$0.span] } ?? [], siteHeaders: target.siteHeaders,
            resolver: target.resolver, tls: target.tls?.value ?? NginxTarget.Default.tls, realIP: target.realIP,
            origins: [target.span])
    }

    /// A listener of `connectorgen-auth` as the edge reaches it.
    private func listener(_ written: Located<ListenAddress>?, _ standard: ListenAddress) -> ServerPlan {
        let address = written?.value ?? standard
        return ServerPlan(
            address: ServerAddress(address: address.address, isTLS: false),
            origins: [written?.span ?? spec.issuer.span])
    }

    /// The external issuer itself, where a route leads to it.
    private func externalServer(of hosts: [HostPlan]) -> ServerPlan? {
        let isUsed = hosts.contains { host in
            host.routes.contains { route in
                switch route.action {
                case .external, .issuer: true
                default: false
                }
            }
        }
        return isUsed ? externalIssuer()?.server : nil
    }
}
