package import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// The names by which nginx knows the parts of a deployment, each made once: a name stands for one thing, and one thing has
/// one name.
package struct NginxNames: Sendable {
    /// The public listener of connectorgen-auth: endpoints, documents.
    package let server: String
    /// Its private listener: verification and preflights.
    package let privateServer: String
    /// The authorization server of others whose documents a host has under another path.
    package let externalServer: String
    /// What locations lead to, each address once; the listeners of connectorgen-auth come first.
    package let upstreams: [NginxUpstream]
    /// One for each connector with a rate limit, which its aliases share.
    let zones: [NginxLimitZone]
    private let deployment: String
    private let upstreamByAddress: [ServerAddress: String]
    /// By resource.
    private let verificationPaths: [String]

    package init(_ plan: DeploymentPlan, _ target: NginxPlan) {
        let edge = plan.edge
        deployment = plan.name
        server = plan.name + "_auth"
        privateServer = plan.name + "_auth_private"
        externalServer = plan.name + "_keycloak_server"
        var upstreams: [NginxUpstream] = []
        if plan.issuer.isBundled || target.metadata == .proxied {
            upstreams.append(NginxUpstream(name: server, server: edge.$server))
        }
        if plan.resources.contains(where: \.usesPrivateListener) {
            upstreams.append(NginxUpstream(name: privateServer, server: edge.$privateServer))
        }
        var taken: Set = [server, privateServer]
        var byAddress: [ServerAddress: String] = [:]
        for section in plan.spec.connectors {
            let address = ServerAddress(section.upstream.value)
            if byAddress[address] != nil { continue }
            var name = "\(plan.name)_\(section.name.value.text)"
            // Only a connector called `auth` gets here: names have no underscore.
            while !taken.insert(name).inserted { name += "_mcp" }
            byAddress[address] = name
            upstreams.append(
                NginxUpstream(
                    name: name,
                    server: Derived(address, "connector.upstream: its address", from: [section.upstream.span])))
        }
        if let external = edge.externalServer {
            let reason = edge.$externalServer
            upstreams.append(
                NginxUpstream(name: externalServer, server: Derived(external, reason.rule, from: reason.origins)))
        }
        self.upstreams = upstreams
        upstreamByAddress = byAddress
        zones = plan.spec.connectors.compactMap { section in
            guard let limit = section.rateLimit else { return nil }
            return NginxLimitZone(
                name: "\(plan.name)_\(section.name.value.text)", limit: limit.value, origins: [limit.span])
        }
        verificationPaths = Self.verificationPaths(plan)
    }

    /// What `proxy_pass` calls the server of a resource.
    package func upstream(of resource: ResourcePlan) -> String {
        upstreamByAddress[ServerAddress(resource.upstream)] ?? ""
    }

    /// The zone that counts the requests to a resource; nil without a limit.
    func zone(of resource: ResourcePlan) -> String? {
        resource.rateLimit.map { _ in "\(deployment)_\(resource.connector)" }
    }

    /// The internal location that `auth_request` asks for a resource, by its index in the plan; of one host each its own.
    package func verificationPath(of index: Int) -> String { verificationPaths[index] }

    private static let internalPaths = "/_connectorgen/"

    private static func verificationPaths(_ plan: DeploymentPlan) -> [String] {
        // Whoever serves such a path has it; the internal location goes out of its way.
        var taken: [String: Set<String>] = [:]
        for host in plan.edge.hosts {
            for route in host.routes where route.match.path.hasPrefix(internalPaths) {
                taken[host.name, default: []].insert(route.match.path)
            }
        }
        var main = 0
        return plan.resources.indices.map { index in
            let resource = plan.resources[index]
            if !resource.isAlias { main = index }
            let isOnSameHost = resource.isAlias && resource.host == plan.resources[main].host
            var path = "\(internalPaths)verify/\(resource.connector)" + (isOnSameHost ? resource.path : "")
            guard taken[resource.host] != nil else { return path }
            while taken[resource.host]?.insert(path).inserted == false { path += "_" }
            return path
        }
    }
}

/// A named group of addresses, `upstream dexter_mcp { … }`.
package struct NginxUpstream: Sendable {
    package let name: String
    @Derived package var server: ServerAddress
}

/// A zone that counts the requests of each address.
struct NginxLimitZone: Sendable {
    let name: String
    let limit: RateLimit
    let origins: [Span]
}
