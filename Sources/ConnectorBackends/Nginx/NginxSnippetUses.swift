import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// Which snippets the locations of a deployment include, and the places of the spec that they come from.
struct NginxSnippetUses {
    /// A host's lines for upstreams that read the public host, or their own.
    struct Host: Hashable {
        let index: Int
        let namesItself: Bool
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
    private(set) var hosts: [Host: [Span]] = [:]
    private(set) var upstreams: [Upstream: [Int]] = [:]
    /// By the list of origins whose pages may read them; 0 for none.
    private(set) var answers: [Int: Set<NginxErrorAnswer>] = [:]
    private let tlsUpstreams: Set<String>

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps) {
        tlsUpstreams = Set(nginx.upstreams.lazy.filter(\.isTLS).map(\.name))
        for (index, host) in nginx.hosts.enumerated() {
            for route in host.routes { add(route, ofHost: index, plan, nginx, origins) }
        }
        if !answers.isEmpty { shared.insert(.answer) }
    }

    private mutating func add(
        _ route: Route, ofHost host: Int, _ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps
    ) {
        for (answer, list) in route.errorAnswers(plan, nginx, origins) {
            answers[list ?? 0, default: []].insert(answer)
        }
        var namesItself = true
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
        case .verification: shared.insert(.verification)
        case .endpoint, .legacyAlias: shared.insert(.endpoint)
        case .external(let upstream, _):
            shared.insert(.externalDocument)
            if tlsUpstreams.contains(upstream) {
                upstreams[Upstream(name: upstream, readsOwnHost: false), default: []] += []
            }
        case .transport(let index):
            let resource = plan.resources[index]
            let policy = NginxTransportPolicy(resource, origins)
            shared.insert(policy.base)
            transports[policy, default: []].append(index)
            if resource.mappedPath != nil { mapped.insert(index) }
            namesItself = resource.hostHeader == .public
            if let upstream = Self.upstream(of: resource) { upstreams[upstream, default: []].append(index) }
        }
        hosts[Host(index: host, namesItself: namesItself), default: []] += route.origins.prefix(1)
    }

    /// The lines about a resource's upstream; nil where there is nothing to say.
    static func upstream(of resource: ResourcePlan) -> Upstream? {
        guard resource.upstream.isTLS || resource.hostHeader == .upstream else { return nil }
        return Upstream(name: resource.upstreamName, readsOwnHost: resource.hostHeader == .upstream)
    }
}

extension NginxSnippetUses.Upstream {
    /// `upstream-dexter_mcp`; with the `Host` header `own-host-dexter_mcp`.
    var snippet: String { "\(readsOwnHost ? "own-host" : "upstream")-\(name)" }
}
