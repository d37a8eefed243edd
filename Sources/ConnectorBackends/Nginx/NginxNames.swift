import ConfigLanguages
package import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// The names by which nginx knows the parts of a deployment, each made once: a name stands for one thing, and one thing
/// has one name.
package struct NginxNames: Sendable {
    /// The public listener of connectorgen-auth: endpoints, documents.
    package let server: String
    /// Its private listener: verification and preflights.
    package let privateServer: String
    /// The authorization server of others whose URLs are on a host of ours.
    package let externalServer: String
    /// What locations lead to, each address once; the listeners of connectorgen-auth come first.
    package let upstreams: [NginxUpstream]
    /// One for each connector with a rate limit, which its aliases share; then that of registrations.
    let zones: [NginxLimitZone]
    /// What counts registrations with an external issuer; nil where no route leads to them.
    let registrationZone: NginxLimitZone?
    private let zoneByConnector: [String: NginxLimitZone]
    private let upstreamByGroup: [NginxServerGroup: String]
    /// Upstreams whose addresses nginx looks up for each request, by name.
    private let lookedUp: [String: String]
    /// By resource.
    private let verificationPaths: [String]
    /// By resource; nil where that of its transport does for its messages.
    private let messageVerificationPaths: [String?]

    package init(_ plan: DeploymentPlan, _ target: NginxPlan) {
        let edge = plan.edge
        server = plan.name + "_auth"
        privateServer = plan.name + "_auth_private"
        var upstreams: [NginxUpstream] = []
        if plan.issuer.isBundled || target.metadata == .proxied {
            upstreams.append(NginxUpstream(name: server, server: edge.$server))
        }
        if plan.resources.contains(where: \.usesPrivateListener) {
            upstreams.append(NginxUpstream(name: privateServer, server: edge.$privateServer))
        }
        var taken: Set = [server, privateServer]
        var byGroup: [NginxServerGroup: String] = [:]
        for (section, resource) in zip(plan.spec.connectors, plan.resources.lazy.filter { !$0.isAlias }) {
            let group = NginxServerGroup(resource)
            if byGroup[group] != nil { continue }
            var name = "\(plan.name)_\(section.name.value.text)"
            // Only a connector called `auth` gets here: names have no underscore.
            while !taken.insert(name).inserted { name += "_mcp" }
            byGroup[group] = name
            upstreams.append(
                NginxUpstream(
                    name: name,
                    server: Derived(
                        group.first, "connector.upstream: its address",
                        from: [section.upstream.span] + section.replicas.map(\.span)),
                    replicas: group.others, staysWithPerson: group.staysWithPerson))
        }
        if let external = edge.externalServer {
            // An application that is its own issuer is one server.
            if let known = byGroup[NginxServerGroup(external)] {
                externalServer = known
            } else {
                externalServer = plan.name + "_issuer_server"
                let reason = edge.$externalServer
                upstreams.append(
                    NginxUpstream(name: externalServer, server: Derived(external, reason.rule, from: reason.origins)))
            }
        } else {
            externalServer = ""
        }
        self.upstreams = upstreams
        upstreamByGroup = byGroup
        lookedUp = upstreams.reduce(into: [:]) { names, upstream in
            guard target.looksUpPerRequest, upstream.replicas.isEmpty, upstream.server.isName else { return }
            names[upstream.name] = upstream.server.authority
        }
        let ofConnectors = plan.spec.connectors.compactMap { section in
            section.rateLimit.map { (section.name.value.text, NginxLimitZone($0, of: section, in: plan)) }
        }
        zoneByConnector = Dictionary(ofConnectors) { first, _ in first }
        registrationZone = NginxLimitZone(registrationsOf: plan)
        zones = ofConnectors.map(\.1) + (registrationZone.map { [$0] } ?? [])
        (verificationPaths, messageVerificationPaths) = Self.verificationPaths(plan)
    }

    /// What `proxy_pass` calls the server of a resource.
    package func upstream(of resource: ResourcePlan) -> String {
        upstreamByGroup[NginxServerGroup(resource)] ?? ""
    }

    /// The host and port of an upstream that nginx looks up for each request; nil for one with a group of its own.
    package func lookedUpAuthority(_ upstream: String) -> String? { lookedUp[upstream] }

    /// The target of `proxy_pass`: the upstream, and the path that takes the place of the one that was matched; empty
    /// for a request that goes through byte for byte.
    ///
    /// A name that nginx looks up for each request stands in a variable, whose map has one value; with a path nginx
    /// takes the target as it is there, so that the query of the request follows (nginx.md §3.6).
    func target(
        _ upstream: String, _ path: String, scheme: String = "http", hasQuery: Bool = true
    ) throws(Unrepresentable) -> NginxArgument {
        guard lookedUp[upstream] != nil else { return try .literal("\(scheme)://\(upstream)\(path)") }
        let variable = NginxArgument.Piece.variable(try addressVariable(of: upstream))
        if path.isEmpty || !hasQuery { return try .concat(.literal("\(scheme)://"), variable, .literal(path)) }
        return try .concat(
            .literal("\(scheme)://"), variable, .literal(path), .variable(.isArguments), .variable(.arguments))
    }

    /// The name of the variable that does, without its dollar sign.
    package func lookedUpVariable(_ upstream: String) -> String? {
        lookedUp[upstream].flatMap { _ in try? addressVariable(of: upstream).name }
    }

    /// What holds the address of an upstream that is looked up for each request.
    func addressVariable(of upstream: String) throws(Unrepresentable) -> NginxVariable {
        try NginxVariable("connectorgen_server", of: upstream)
    }

    /// The zone that counts the requests to a resource; nil without a limit.
    func zone(of resource: ResourcePlan) -> NginxLimitZone? { zoneByConnector[resource.connector] }

    /// The internal location that `auth_request` asks for a resource, by its index in the plan; of one host each its
    /// own.
    package func verificationPath(of index: Int) -> String { verificationPaths[index] }

    /// The one that is asked before messages to it, where clients of its aliases post them too; nil where that of the
    /// transport does.
    func messageVerificationPath(of index: Int) -> String? { messageVerificationPaths[index] }

    /// Internal locations of all deployments; server blocks hold those of several.
    private static let internalPaths = "/_connectorgen/"

    private static func verificationPaths(_ plan: DeploymentPlan) -> ([String], messages: [String?]) {
        // Whoever serves such a path has it; the internal location goes out of its way.
        var taken: [String: Set<String>] = [:]
        for host in plan.edge.hosts {
            for route in host.routes where route.match.path.hasPrefix(internalPaths) {
                taken[host.name, default: []].insert(route.match.path)
            }
        }
        func free(_ wanted: String, on host: String) -> String {
            var path = wanted
            guard taken[host] != nil else { return path }
            while taken[host]?.insert(path).inserted == false { path += "_" }
            return path
        }
        var main = 0
        let paths = plan.resources.indices.map { index in
            let resource = plan.resources[index]
            if !resource.isAlias { main = index }
            let isOnSameHost = resource.isAlias && resource.host == plan.resources[main].host
            return free(
                "\(internalPaths)\(plan.name)/\(resource.connector)" + (isOnSameHost ? resource.path : ""),
                on: resource.host)
        }
        let messages = plan.resources.indices.map { index -> String? in
            let resource = plan.resources[index]
            guard let path = resource.messagePath, plan.resources(postingTo: index).count > 1 else { return nil }
            return free("\(internalPaths)\(plan.name)/\(resource.connector)\(path)", on: resource.host)
        }
        return (paths, messages)
    }
}

/// A named group of addresses, `upstream dexter_mcp { … }`.
package struct NginxUpstream: Sendable {
    package let name: String
    @Derived package var server: ServerAddress
    /// Further addresses of the same server.
    package var replicas: [ServerAddress] = []
    /// True where all requests of a person go to one of them.
    package var staysWithPerson = false
}

/// The replicas of a server, as one upstream.
struct NginxServerGroup: Hashable {
    let first: ServerAddress
    let others: [ServerAddress]
    /// Sessions live in one replica. nginx knows no more of a session's first request than of an unauthenticated
    /// caller's, and the id comes with the answer: what it does know, from the first request to the last, is the person
    /// that the verifier named.
    let staysWithPerson: Bool

    init(_ resource: ResourcePlan) {
        first = ServerAddress(resource.upstream)
        others = resource.replicas.map(ServerAddress.init)
        staysWithPerson = !others.isEmpty && resource.keepsSessions && resource.verification == .edge
    }

    init(_ address: ServerAddress) {
        first = address
        others = []
        staysWithPerson = false
    }
}
