import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    /// Every host of the deployment with its routes, in the order of `server_names`, else of first mention.
    mutating func hostPlans(issuer: IssuerPlan, resources: [ResourcePlan], documents: Documents) -> [HostPlan] {
        var hosts = HostRoutes()
        openHosts(issuer: issuer, resources: resources, in: &hosts)
        addIssuerRoutes(issuer, documents: documents, to: &hosts)
        for (index, resource) in resources.enumerated() {
            guard hosts.contains(resource.host) else { continue }
            addRoutes(of: resource, at: index, issuer: issuer, documents: documents, to: &hosts)
            addDomainProof(of: resource, to: &hosts)
        }
        addFallbacks(issuer, to: &hosts)
        for index in resources.indices where hosts.contains(resources[index].host) {
            addLegacyRoutes(resources[index].legacyAliases, on: resources[index].host, to: &hosts)
        }
        checkLegacyPaths(resources)
        addExternalIssuer(issuer, resources: resources, to: &hosts)
        closeHosts(issuer, &hosts)
        diagnostics += hosts.collisions
        return hosts.plans
    }

    private mutating func openHosts(issuer: IssuerPlan, resources: [ResourcePlan], in hosts: inout HostRoutes) {
        var addresses = HostAddresses()
        let url = spec.issuer.url.value
        let named = spec.targets.nginx?.serverNames ?? []
        // An external issuer's host is ours only where the spec says so.
        if issuer.isBundled || spec.issuer.upstream != nil || named.contains(where: { $0.value == url.host }) {
            addresses.add(
                url.host.text, scheme: url.scheme, authority: url.authority, port: url.port, spec.issuer.url.span)
        }
        for resource in resources {
            let (scheme, authority, port) = Self.address(of: resource)
            addresses.add(
                resource.host, scheme: scheme,
                authority: authority, port: port, resource.$publicURL.origins[0])
        }
        diagnostics += addresses.conflicts
        for name in named {
            if let address = addresses.byHost[name.value.text] {
                hosts.open(name.value.text, address, named: name.span)
            }
        }
        for name in named.isEmpty ? addresses.order : [] {
            if let address = addresses.byHost[name] { hosts.open(name, address) }
        }
    }

    /// The parts of a resource's origin, `https://host[:port]`.
    private static func address(of resource: ResourcePlan) -> (scheme: String, authority: String, port: Int?) {
        let scheme = resource.origin.hasPrefix("https") ? "https" : "http"
        let authority = resource.origin.dropping(bytes: scheme.utf8.count + 3)
        let hostLength = resource.host.utf8.count
        let port = authority.utf8.count > hostLength ? Int(authority.dropping(bytes: hostLength + 1)) : nil
        return (scheme, authority, port)
    }

}

/// Scheme and authority of each host; a host has one of each.
struct HostAddresses {
    struct Address {
        let scheme: String
        let authority: String
        let port: Int
        let origin: Span
    }

    private(set) var byHost: [String: Address] = [:]
    private(set) var order: [String] = []
    private(set) var conflicts: [Diagnostic] = []

    mutating func add(_ host: String, scheme: String, authority: String, port: Int?, _ origin: Span) {
        guard let known = byHost[host] else {
            byHost[host] = Address(
                scheme: scheme, authority: authority, port: port ?? (scheme == "https" ? 443 : 80), origin: origin)
            order.append(host)
            return
        }
        guard known.scheme != scheme || known.authority != authority else { return }
        conflicts.append(
            Diagnostic(
                .hostAddressedTwice, .error,
                "host `\(host)` is addressed as \(scheme)://\(authority) and otherwise too",
                at: Label(origin), secondary: [Label(known.origin, "as \(known.scheme)://\(known.authority)")],
                help: "use one scheme and one port for all URLs of a host"))
    }
}
