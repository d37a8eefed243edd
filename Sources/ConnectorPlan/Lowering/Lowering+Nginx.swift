import ConnectorSpec
import Diagnostics

extension Lowering {
    /// One zone for each connector with a rate limit; its aliases share it.
    func rateLimitZones(of resources: inout [ResourcePlan]) -> [RateLimitZone] {
        var zones: [RateLimitZone] = []
        var section = -1
        for index in resources.indices {
            if !resources[index].isAlias { section += 1 }
            guard let limit = spec.connectors[section].rateLimit else { continue }
            let name = "\(spec.name.value.text)_\(resources[index].connector)"
            if !resources[index].isAlias {
                zones.append(RateLimitZone(name: name, limit: limit.value, origins: [limit.span]))
            }
            resources[index].limitZone = name
        }
        return zones
    }

    func nginxPlan(
        _ target: NginxTarget, hosts: [HostPlan], limits: [RateLimitZone], upstreams: UpstreamNames,
        issuer: IssuerPlan, resources: [ResourcePlan]
    ) -> NginxPlan {
        let metadata = target.metadata?.value ?? .static
        var own: [UpstreamPlan] = []
        if issuer.isBundled || metadata == .proxied {
            own.append(listener(upstreams.auth, spec.issuer.listen, Default.listenPort))
        }
        if resources.contains(where: \.usesPrivateListener) {
            own.append(listener(upstreams.authPrivate, spec.issuer.privateListen, Default.privateListenPort))
        }
        return NginxPlan(
            version: target.version?.value ?? SoftwareVersion(1, 22), metadata: metadata,
            acme: target.acme?.value ?? .inherit,
            includeFolder: target.includeDir?.value.text ?? Default.includeFolder,
            includeOrigins: target.includeDir.map { [$0.span] } ?? [], hosts: hosts,
            upstreams: own + upstreams.plans + externalUpstream(of: hosts), authUpstream: upstreams.auth,
            authPrivateUpstream: upstreams.authPrivate, limits: limits, origins: [target.span])
    }

    /// A listener of `connectorgen-auth` as nginx reaches it; one on every address is reached by loopback.
    private func listener(_ name: String, _ written: Located<ListenAddress>?, _ port: Int) -> UpstreamPlan {
        var address = written?.value.address ?? .tcp(host: Default.loopback, port: port)
        if case .tcp("0.0.0.0", let port) = address { address = .tcp(host: "127.0.0.1", port: port) }
        if case .tcp("[::]", let port) = address { address = .tcp(host: "[::1]", port: port) }
        return UpstreamPlan(
            name: name, address: address, isTLS: false, origins: [written?.span ?? spec.issuer.span])
    }

    var keycloakUpstreamName: String { "\(spec.name.value.text)_keycloak_server" }

    /// Keycloak itself, where a route leads to it.
    private func externalUpstream(of hosts: [HostPlan]) -> [UpstreamPlan] {
        let isUsed = hosts.contains { host in
            host.routes.contains { if case .external = $0.action { true } else { false } }
        }
        guard isUsed, let server = spec.targets.keycloak?.server else { return [] }
        let url = server.value
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        return [
            UpstreamPlan(
                name: keycloakUpstreamName, address: .tcp(host: url.host.text, port: port),
                isTLS: url.scheme == "https", origins: [server.span])
        ]
    }
}
