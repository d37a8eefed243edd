import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    func edgePlan(_ hosts: [HostPlan]) -> EdgePlan {
        EdgePlan(
            hosts: hosts, server: listener(spec.issuer.listen, Default.listenPort),
            privateServer: listener(spec.issuer.privateListen, Default.privateListenPort),
            externalServer: externalServer(of: hosts))
    }

    func nginxPlan(_ target: NginxTarget) -> NginxPlan {
        NginxPlan(
            version: target.version?.value ?? SoftwareVersion(1, 22), metadata: target.metadata?.value ?? .static,
            includeFolder: target.includeDir?.value.text ?? Default.includeFolder,
            includeOrigins: target.includeDir.map { [$0.span] } ?? [], origins: [target.span])
    }

    /// A listener of `connectorgen-auth` as the edge reaches it.
    private func listener(_ written: Located<ListenAddress>?, _ port: Int) -> ServerPlan {
        let address = written?.value ?? .loopback(port: port)
        return ServerPlan(
            address: ServerAddress(address: address.address, isTLS: false),
            origins: [written?.span ?? spec.issuer.span])
    }

    /// Keycloak itself, where a route leads to it.
    private func externalServer(of hosts: [HostPlan]) -> ServerPlan? {
        let isUsed = hosts.contains { host in
            host.routes.contains { if case .external = $0.action { true } else { false } }
        }
        guard isUsed, let server = spec.targets.keycloak?.server else { return nil }
        let url = server.value
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        return ServerPlan(
            address: ServerAddress(address: .tcp(host: url.host.text, port: port), isTLS: url.scheme == "https"),
            origins: [server.span])
    }
}
