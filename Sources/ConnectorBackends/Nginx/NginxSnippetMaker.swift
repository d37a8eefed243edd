import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

/// Makes the snippets that the locations of a deployment include, and no other.
struct NginxSnippetMaker {
    let folder: NginxSnippetFolder
    let uses: NginxSnippetUses
    private let plan: DeploymentPlan
    private let nginx: NginxPlan
    private let names: NginxNames
    private let origins: NginxOriginMaps
    private let sections: ConnectorSections

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ names: NginxNames, _ origins: NginxOriginMaps) {
        self.plan = plan
        self.nginx = nginx
        self.names = names
        self.origins = origins
        folder = NginxSnippetFolder(nginx.includeFolder)
        uses = NginxSnippetUses(plan, nginx, names, origins)
        sections = ConnectorSections(plan)
    }

    /// What is the same for all locations of a kind.
    func shared() throws(Unrepresentable) -> [NginxSnippet] {
        let directives = try NginxSharedDirectives(plan, nginx, origins)
        return NginxSnippets.Shared.allCases.filter(uses.shared.contains).map { kind in
            let spans = nginx.origins + (nginx.siteHeaders?.spans ?? [])
            let part = NginxSnippet.Part("the same in each of them", from: spans, directives.of(kind))
            return NginxSnippet(kind.rawValue, kind.purpose, [part])
        }
    }

    /// One for each combination of what transports may differ in.
    func transports() throws(Unrepresentable) -> [NginxSnippet] {
        let policies = uses.transports.sorted { $0.value[0] < $1.value[0] }
        let site = try NginxSiteHeaders(nginx)
        return try policies.map { policy, resources throws(Unrepresentable) in
            try transport(policy, of: resources, site)
        }
    }

    func hosts() throws(Unrepresentable) -> [NginxSnippet] {
        var files: [NginxSnippet] = []
        for (index, spans) in uses.hosts.sorted(by: { $0.key < $1.key }) {
            let host = plan.edge.hosts[index]
            let lines = try NginxHostLines(host, nginx)
            let told = NginxSnippet.Part(Self.told, from: spans.withoutRepetition, [lines.host] + lines.proxied)
            files.append(
                NginxSnippet(
                    host.snippetName, "Included by the locations of \(host.name) that lead to an authorization server.",
                    from: host.origins, [told] + outside(lines)))
        }
        return files
    }

    /// What the locations of transports that are alike have in common on a host.
    func hostTransports() throws(Unrepresentable) -> [NginxSnippet] {
        try uses.hostTransports.map { key, spans throws(Unrepresentable) in
            try hostTransport(key.use, on: plan.edge.hosts[key.index], from: spans.withoutRepetition)
        }.sorted { $0.name < $1.name }
    }

    /// For servers with TLS, and for those that read a host of their own.
    func upstreams() throws(Unrepresentable) -> [NginxSnippet] {
        var files: [NginxSnippet] = []
        for upstream in names.upstreams {
            for readsOwnHost in [false, true] {
                let use = NginxSnippetUses.Upstream(name: upstream.name, readsOwnHost: readsOwnHost)
                guard let resources = uses.upstreams[use] else { continue }
                let hostHeaders = sections.spans(of: resources) { $0.hostHeader.map { [$0.span] } ?? [] }
                let own = resources.first.map { plan.resources[$0].upstream }
                files.append(try self.upstream(use, upstream, host: readsOwnHost ? own : nil, from: hostHeaders))
            }
        }
        return files
    }

    /// For transports whose servers have a path of their own.
    func mappedPaths() throws(Unrepresentable) -> [NginxSnippet] {
        var files: [NginxSnippet] = []
        for index in uses.mapped.sorted() {
            let resource = plan.resources[index]
            guard let path = NginxMappedPath(resource) else { continue }
            let spans = sections.spans(of: [index]) { [$0.upstream.span] } + resource.$publicURL.origins
            files.append(
                NginxSnippet(
                    plan.mappedPathSnippet(index),
                    "Included by the transport \(resource.publicURL), which is at \(resource.upstream.text).",
                    from: spans,
                    [.init("redirects of the MCP server lead to the public path", from: spans, try path.redirects())]))
        }
        return files
    }

    /// The subrequest to the verifier, for each list of origins whose pages may read that it is away.
    func subrequests() throws(Unrepresentable) -> [NginxSnippet] {
        let subrequest = try NginxSharedDirectives.subrequest(nginx, names)
        return try uses.verifications.sorted().map { list throws(Unrepresentable) in
            let number = list == 0 ? nil : list
            // A page of the site must not stand for the answer of a verifier that is away.
            let directives = subrequest + [try NginxErrorAnswer.unavailable.page(number, of: plan.name)]
            return NginxSnippet(
                NginxSnippets.verificationName(number),
                "Included by the internal locations that `auth_request` asks.",
                [
                    .init("the subrequest to the verifier", from: nginx.origins, directives),
                    addresses(try NginxHostLines.resolver(nginx)),
                ])
        }
    }

    /// What nginx says itself, for each list of origins whose pages may read it.
    func answers() throws(Unrepresentable) -> [NginxSnippet] {
        var resources: [Int: [Int]] = [:]
        for (policy, indices) in uses.transports { resources[policy.list ?? 0, default: []] += indices }
        return try uses.answers.sorted { $0.key < $1.key }.map { list, answers throws(Unrepresentable) in
            let written: (ConnectorSection) -> [Span] = { $0.allowedOrigins.map(\.span) }
            let spans =
                list == origins.endpointList
                ? sections.spans(written) : list == 0 ? [] : sections.spans(of: resources[list] ?? [], written)
            return try NginxErrorAnswer.snippet(
                answers, list == 0 ? nil : list, of: plan.name, origins, folder,
                from: nginx.origins + spans + nginx.$includeFolder.writtenOrigins)
        }
    }
}

extension NginxSnippetMaker {
    private func transport(
        _ policy: NginxTransportPolicy, of resources: [Int], _ site: NginxSiteHeaders
    ) throws(Unrepresentable) -> NginxSnippet {
        let pages = sections.spans(of: resources) { section in
            (section.cors.map { [$0.span] } ?? []) + section.allowedOrigins.map(\.span)
        }
        let identity = sections.spans(of: resources) { section in
            (section.bearer?.valueSpans ?? []) + (section.identityHeaders?.valueSpans ?? [])
        }
        let base =
            try policy.isOrdinary
            ? [folder.include(policy.base.rawValue)]
            : NginxSharedDirectives(plan, nginx, origins).verifiedTransport(
                policy.identityNames, passesTokens: policy.passesTokens)
        let verification = sections.spans(of: resources) { $0.verify.map { [$0.span] } ?? [] }
        let timeouts = sections.spans(of: resources) { $0.readTimeout.map { [$0.span] } ?? [] }
        let sizes = sections.spans(of: resources) { $0.maxBody.map { [$0.span] } ?? [] }
        return NginxSnippet(
            policy.name, "Included by the transports of MCP servers that are verified, timed and read alike.",
            [
                .init(
                    policy.isVerified ? "nginx asks the verifier" : "the MCP server verifies for itself",
                    from: verification + identity + nginx.$includeFolder.writtenOrigins, base),
                .init(
                    "how long an event stream may be silent", from: timeouts,
                    [
                        NginxDirective("proxy_read_timeout", [.seconds(policy.readTimeout)]),
                        NginxDirective("proxy_send_timeout", [.seconds(policy.readTimeout)]),
                    ]),
                .init(
                    "how large a request may be", from: sizes,
                    [NginxDirective("client_max_body_size", [.size(policy.maxBody)])]),
                .init(
                    "what nginx says itself, and which pages may read it", from: pages,
                    try policy.errorPages(of: plan.name)),
                .init(
                    "preflights of browsers", from: pages,
                    policy.answersPreflights ? [try NginxPreflights.directive(plan.name)] : []),
                .init("who answers cross-origin requests", from: pages, try policy.crossOrigin(origins, site)),
            ])
    }

    private static let told = "what a server is told of the request's outside"

    private func hostTransport(
        _ use: NginxTransportUse, on host: HostPlan, from spans: [Span]
    ) throws(Unrepresentable) -> NginxSnippet {
        let lines = try NginxHostLines(host, nginx)
        let told = use.audience == .ownHost ? lines.proxied : [lines.host] + lines.proxied
        let redirects = use.audience == .server ? [] : lines.redirects
        let reader = use.audience == .ownHost ? "MCP servers that read a host of their own" : "MCP servers"
        return NginxSnippet(
            use.snippetName(on: host), "Included by the locations of \(host.name) that lead to \(reader).",
            from: host.origins,
            [
                .init(Self.told, from: spans, told)
            ] + outside(lines) + [
                .init("redirects to the public host lead to its public URL", from: spans, redirects),
                .init(
                    "what transports do that are alike", from: spans + nginx.$includeFolder.writtenOrigins,
                    [try folder.include(use.policy.name)]),
            ])
    }

    /// What stands around nginx: who is believed about the caller, and who knows the servers' addresses.
    private func outside(_ lines: NginxHostLines) -> [NginxSnippet.Part] {
        let callers = (nginx.realIP?.from.map(\.span) ?? []) + [nginx.realIP?.header?.span].compactMap(\.self)
        return [
            .init("who calls, by the word of what stands before nginx", from: callers, lines.caller),
            addresses(lines.resolver),
        ]
    }

    private func addresses(_ lines: [NginxDirective]) -> NginxSnippet.Part {
        .init("who tells the addresses of servers with names", from: nginx.resolver.map { [$0.span] } ?? [], lines)
    }

    private func upstream(
        _ use: NginxSnippetUses.Upstream, _ upstream: NginxUpstream, host: UpstreamURL?, from hostHeaders: [Span]
    ) throws(Unrepresentable) -> NginxSnippet {
        let header = try host.map { host throws(Unrepresentable) in
            [NginxDirective("proxy_set_header", ["Host", try .literal(host.authority)])]
        }
        return NginxSnippet(
            use.snippet, "Included by the locations that lead to \(upstream.name).",
            [
                .init("the host that it reads", from: hostHeaders + upstream.$server.origins, header ?? []),
                .init(
                    "the certificate that it has to have", from: upstream.$server.origins,
                    try NginxSharedDirectives.tls(upstream)),
            ])
    }
}
