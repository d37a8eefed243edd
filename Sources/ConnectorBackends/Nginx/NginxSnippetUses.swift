import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

/// Which snippets the locations of a deployment include, and the places of the spec that they come from.
struct NginxSnippetUses {
    /// What a kind of servers is told of a host.
    struct Host: Hashable {
        let index: Int
        let audience: NginxHostLines.Audience
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
    }

    private mutating func add(
        _ route: Route, ofHost host: Int, _ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps
    ) {
        let (needed, list) = route.errorAnswers(plan, nginx, origins)
        if !needed.isEmpty { answers[list ?? 0, default: []].formUnion(needed) }
        var audience = NginxHostLines.Audience.server
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
        case .external:
            shared.insert(.externalDocument)
            if plan.edge.externalServer?.isTLS == true {
                upstreams[Upstream(name: names.externalServer, readsOwnHost: false), default: []] += []
            }
        case .transport(let index):
            let resource = plan.resources[index]
            let policy = NginxTransportPolicy(resource, origins)
            shared.insert(policy.base)
            transports[policy, default: []].append(index)
            if resource.mappedPath != nil { mapped.insert(index) }
            audience = plan.edge.hosts[host].audience(NginxHostLines.audience(of: resource))
            if policy.isVerified {
                verifications.insert(policy.list ?? 0)
            }
            // The question to the verifier, and the lines that the application's include.
            if policy.isVerified || audience == .application {
                hosts[Host(index: host, audience: .server), default: []] += route.origins.prefix(1)
            }
            if let upstream = Self.upstream(of: resource, names) { upstreams[upstream, default: []].append(index) }
        }
        hosts[Host(index: host, audience: audience), default: []] += route.origins.prefix(1)
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
