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
            origins: [target.span])
    }

    /// A listener of `connectorgen-auth` as the edge reaches it.
    private func listener(_ written: Located<ListenAddress>?, _ standard: ListenAddress) -> ServerPlan {
        let address = written?.value ?? standard
        return ServerPlan(
            address: ServerAddress(address: address.address, isTLS: false),
            origins: [written?.span ?? spec.issuer.span])
    }

    /// Keycloak itself, where a route leads to it.
    private func externalServer(of hosts: [HostPlan]) -> ServerPlan? {
        let isUsed = hosts.contains { host in
            host.routes.contains { if case .external = $0.action { true } else { false } }
        }
        guard isUsed, let keycloak = spec.targets.keycloak else { return nil }
        let server = keycloak.upstream ?? keycloak.server
        let url = server.value
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        return ServerPlan(
            address: ServerAddress(address: .tcp(host: url.host.text, port: port), isTLS: url.scheme == "https"),
            origins: [server.span])
    }
}
