import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

/// Which snippets the locations of a deployment include, and the places of the spec that they come from.
struct NginxSnippetUses {
    /// Transports of a host that are alike.
    struct HostTransport: Hashable {
        /// Of the host.
        let index: Int
        let use: NginxTransportUse
    }

    /// Lines about an upstream, for requests that carry the public host, or its own.
    struct Upstream: Hashable {
        let name: String
        let readsOwnHost: Bool
    }

    private(set) var shared: Set<NginxSnippets.Shared> = []
    /// Indices into the plan's resources.
    private(set) var transports: [NginxTransportPolicy: [Int]] = [:]
    /// Indices of the plan's resources that have a path of their own at the upstream.
    private(set) var mapped: Set<Int> = []
    /// What authorization servers are told of a host, by its index.
    private(set) var hosts: [Int: [Span]] = [:]
    private(set) var hostTransports: [HostTransport: [Span]] = [:]
    private(set) var upstreams: [Upstream: [Int]] = [:]
    /// The lists of origins of verified transports; 0 for none.
    private(set) var verifications: Set<Int> = []
    /// By the list of origins whose pages may read them; 0 for none.
    private(set) var answers: [Int: Set<NginxErrorAnswer>] = [:]
    private let names: NginxNames

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ names: NginxNames, _ origins: NginxOriginMaps) {
        self.names = names
        for (index, host) in plan.edge.hosts.enumerated() {
            for route in host.routes { add(route, ofHost: index, plan, nginx, origins) }
        }
        if !answers.isEmpty { shared.insert(.answer) }
        if answers.values.contains(where: { $0.contains(.preflight) }) { shared.insert(.preflight) }
    }

    private mutating func add(
        _ route: Route, ofHost host: Int, _ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps
    ) {
        for (needed, list) in route.errorAnswers(plan, nginx, origins) {
            answers[list ?? 0, default: []].formUnion(needed)
        }
        switch route.action {
        case .document where nginx.metadata == .static:
            shared.insert(.document)
            return
        case .domainProof:
            shared.insert(.domainProof)
            return
        case .notFound:
            shared.insert(.notFound)
            return
        case .acmeChallenge: return
        case .document: shared.insert(.serverDocument)
        case .endpoint, .legacyAlias: shared.insert(.endpoint)
        case .external, .issuer:
            if case .external = route.action {
                shared.insert(.externalDocument)
            } else {
                shared.insert(.externalEndpoint)
            }
            if plan.edge.externalServer?.isTLS == true {
                upstreams[Upstream(name: names.externalServer, readsOwnHost: false), default: []] += []
            }
        case .transport(let index), .messages(let index):
            let resource = plan.resources[index]
            let use = NginxTransportUse(resource, on: plan.edge.hosts[host], origins)
            let policy = use.policy
            if policy.isOrdinary { shared.insert(policy.base) }
            transports[policy, default: []].append(index)
            if resource.mappedPath != nil { mapped.insert(index) }
            hostTransports[HostTransport(index: host, use: use), default: []] += route.origins.prefix(1)
            if policy.isVerified {
                verifications.insert(policy.list ?? 0)
            }
            if let upstream = Self.upstream(of: resource, names) { upstreams[upstream, default: []].append(index) }
            return
        }
        hosts[host, default: []] += route.origins.prefix(1)
    }

    /// The lines about a resource's upstream; nil where there is nothing to say.
    static func upstream(of resource: ResourcePlan, _ names: NginxNames) -> Upstream? {
        guard resource.upstream.isTLS || resource.hostHeader == .upstream else { return nil }
        return Upstream(name: names.upstream(of: resource), readsOwnHost: resource.hostHeader == .upstream)
    }
}

extension NginxSnippetUses.Upstream {
    /// `upstream-dexter_mcp`; with the `Host` header `own-host-dexter_mcp`.
    var snippet: String { "\(readsOwnHost ? "own-host" : "upstream")-\(name)" }
}
