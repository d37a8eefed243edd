import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// The lines that locations have in common, each kind in a file of its own, so that a location says what is its own.
///
/// An `include` is textual: nginx reads the lines as if they stood in the location, so that the set of headers of a location
/// is complete whatever the server block around it says.
struct NginxSnippets {
    /// Snippets that are the same for all locations of a kind; the value is their name.
    enum Shared: String, CaseIterable {
        case answer
        case document
        case domainProof = "domain-proof"
        case endpoint
        case externalDocument = "external-document"
        case notFound = "not-found"
        case serverDocument = "server-document"
        case transport = "transport-application"
        case verifiedTransport = "transport-edge"
        case verification
    }

    /// Shared ones, policies, hosts, upstreams, mapped paths, questions, answers.
    let files: [NginxSnippet]
    private let folder: NginxSnippetFolder
    /// Printed once: ten thousand connectors copy bytes.
    private let transports: [NginxTransportPolicy: NginxLines]

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ names: NginxNames, _ origins: NginxOriginMaps)
        throws(Unrepresentable)
    {
        folder = NginxSnippetFolder(nginx.includeFolder)
        let uses = NginxSnippetUses(plan, nginx, names, origins)
        let directives = try NginxSharedDirectives(plan, nginx, names, origins)
        let sections = ConnectorSections(plan)
        var files: [NginxSnippet] = []
        for kind in Shared.allCases where uses.shared.contains(kind) {
            let part = NginxSnippet.Part("the same in each of them", from: nginx.origins, directives.of(kind))
            files.append(NginxSnippet(kind.rawValue, kind.purpose, [part]))
        }
        var transports: [NginxTransportPolicy: NginxLines] = [:]
        for (policy, resources) in uses.transports.sorted(by: { $0.value[0] < $1.value[0] }) {
            files.append(try Self.transport(policy, sections.of(resources), origins, folder, nginx, plan))
            transports[policy] = NginxPrinter.lines(depth: 1, [try folder.include(policy.name)])
        }
        self.transports = transports
        for (index, host) in plan.edge.hosts.enumerated() {
            for audience in NginxHostLines.Audience.allCases {
                let use = NginxSnippetUses.Host(index: index, audience: audience)
                guard let spans = uses.hosts[use] else { continue }
                files.append(try Self.host(host, audience, spans.withoutRepetition, folder))
            }
        }
        for upstream in names.upstreams {
            for readsOwnHost in [false, true] {
                let use = NginxSnippetUses.Upstream(name: upstream.name, readsOwnHost: readsOwnHost)
                guard let resources = uses.upstreams[use] else { continue }
                let hostHeaders = sections.of(resources).compactMap { $0.hostHeader?.span }
                let own = resources.first.map { plan.resources[$0].upstream }
                files.append(try Self.upstream(use, upstream, host: readsOwnHost ? own : nil, from: hostHeaders))
            }
        }
        for index in uses.mapped.sorted() {
            let resource = plan.resources[index]
            guard let path = NginxMappedPath(resource) else { continue }
            let spans = sections.of([index]).map(\.upstream.span) + resource.origins
            files.append(
                NginxSnippet(
                    plan.mappedPathSnippet(index),
                    "Included by the transport \(resource.publicURL), which is at \(resource.upstream.text).",
                    [
                        .init("redirects of the MCP server lead to the public path", from: spans, try path.redirects())
                    ]))
        }
        for list in uses.verifications.sorted() {
            let number = list == 0 ? nil : list
            // A page of the site must not stand for the answer of a verifier that is away.
            let directives = [
                try folder.include(Shared.verification.rawValue), try NginxErrorAnswer.unavailable.page(number),
            ]
            files.append(
                NginxSnippet(
                    Self.verificationName(number), "Included by the internal locations that `auth_request` asks.",
                    [.init("the question to the verifier", from: nginx.origins + nginx.includeOrigins, directives)]))
        }
        for (list, answers) in uses.answers.sorted(by: { $0.key < $1.key }) {
            let number = list == 0 ? nil : list
            let spans = number == nil ? [] : sections.all.flatMap { $0.allowedOrigins.map(\.span) }
            files.append(
                try NginxErrorAnswer.snippet(
                    answers, number, origins, folder, from: nginx.origins + spans + nginx.includeOrigins))
        }
        self.files = files
    }

    // MARK: Including

    func include(_ kind: Shared, in printer: inout NginxPrinter) throws(Unrepresentable) {
        printer.append(try folder.include(kind.rawValue))
    }

    func include(
        transport resource: ResourcePlan, _ origins: NginxOriginMaps, in printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        let policy = NginxTransportPolicy(resource, origins)
        if let lines = transports[policy] { return printer.append(lines) }
        printer.append(try folder.include(policy.name))
    }

    /// Includes what is said of a transport with a path of its own at the upstream, by its index in the plan.
    func include(
        mapped index: Int, of plan: DeploymentPlan, in printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        printer.append(try folder.include(plan.mappedPathSnippet(index)))
    }

    /// Includes what a kind of servers is told of a host, for depth 1.
    func lines(of host: HostPlan, _ audience: NginxHostLines.Audience) throws(Unrepresentable) -> NginxLines {
        NginxPrinter.lines(depth: 1, [try folder.include(host.snippetName(audience))])
    }

    func include(
        _ upstream: NginxSnippetUses.Upstream, in printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        printer.append(try folder.include(upstream.snippet))
    }

    func include(verification list: Int?, in printer: inout NginxPrinter) throws(Unrepresentable) {
        printer.append(try folder.include(Self.verificationName(list)))
    }

    /// `verify`, and `verify-origins-1` where pages of the first list of origins may read that the verifier is away.
    private static func verificationName(_ list: Int?) -> String { "verify" + (list.map { "-origins-\($0)" } ?? "") }

    /// Includes what nginx says itself, which pages of a list of origins may read; nil for none.
    func answers(_ list: Int?) throws(Unrepresentable) -> NginxDirective {
        try folder.include(NginxErrorAnswer.snippetName(list))
    }
}

extension NginxSnippets {
    private static func transport(
        _ policy: NginxTransportPolicy, _ sections: [ConnectorSection], _ origins: NginxOriginMaps,
        _ folder: NginxSnippetFolder, _ nginx: NginxPlan, _ plan: DeploymentPlan
    ) throws(Unrepresentable) -> NginxSnippet {
        let pages = sections.flatMap { section in
            (section.cors.map { [$0.span] } ?? []) + section.allowedOrigins.map(\.span)
        }
        let verification = sections.compactMap { $0.verify?.span }
        return NginxSnippet(
            policy.name, "Included by the transports of MCP servers that are verified, timed and read alike.",
            [
                .init(
                    policy.isVerified ? "nginx asks the verifier" : "the MCP server verifies for itself",
                    from: verification + nginx.includeOrigins, [try folder.include(policy.base.rawValue)]),
                .init(
                    "how long an event stream may be silent", from: sections.compactMap { $0.readTimeout?.span },
                    [
                        NginxDirective("proxy_read_timeout", [.seconds(policy.readTimeout)]),
                        NginxDirective("proxy_send_timeout", [.seconds(policy.readTimeout)]),
                    ]),
                .init(
                    "how large a request may be", from: sections.compactMap { $0.maxBody?.span },
                    [NginxDirective("client_max_body_size", [.size(policy.maxBody)])]),
                .init("what nginx says itself, and which pages may read it", from: pages, try policy.errorPages()),
                .init(
                    "preflights of browsers", from: pages,
                    policy.answersPreflights ? [try NginxPreflights.directive(plan.name)] : []),
                .init("who answers cross-origin requests", from: pages, try policy.crossOrigin(origins)),
            ])
    }

    private static func host(
        _ host: HostPlan, _ audience: NginxHostLines.Audience, _ origins: [Span], _ folder: NginxSnippetFolder
    ) throws(Unrepresentable) -> NginxSnippet {
        let lines = try NginxHostLines(host)
        let told: [NginxDirective] =
            switch audience {
            case .server: [lines.host] + lines.proxied
            case .application: [try folder.include(host.snippetName(.server))]
            case .ownHost: lines.proxied
            }
        let redirects = audience == .server ? [] : lines.redirects
        return NginxSnippet(
            host.snippetName(audience), "Included by the locations of \(host.name) that lead to \(audience.purpose).",
            [
                .init("what a server is told of the request's outside", from: origins, told),
                .init("redirects to the public host lead to its public URL", from: origins, redirects),
            ])
    }

    private static func upstream(
        _ use: NginxSnippetUses.Upstream, _ upstream: NginxUpstream, host: UpstreamURL?, from hostHeaders: [Span]
    ) throws(Unrepresentable) -> NginxSnippet {
        let header = try host.map { host throws(Unrepresentable) in
            [NginxDirective("proxy_set_header", ["Host", try .literal(host.authority)])]
        }
        return NginxSnippet(
            use.snippet, "Included by the locations that lead to \(upstream.name).",
            [
                .init("the host that it reads", from: hostHeaders + upstream.server.origins, header ?? []),
                .init(
                    "the certificate that it has to have", from: upstream.server.origins,
                    try NginxSharedDirectives.tls(upstream)),
            ])
    }
}

extension NginxSnippets.Shared {
    fileprivate var purpose: String {
        switch self {
        case .answer: "Included by the answers that nginx gives itself, in connectorgen-answers*.conf."
        case .document: "Included by the metadata documents that nginx answers itself."
        case .domainProof: "Included by the proofs that a domain is ours."
        case .endpoint: "Included by the endpoints of connectorgen-auth, the pages of the sign-in among them."
        case .externalDocument: "Included by documents that another authorization server has."
        case .notFound: "Included where nothing may be found."
        case .serverDocument: "Included by the metadata documents that connectorgen-auth answers."
        case .transport: "Included by the transports of MCP servers that verify for themselves."
        case .verifiedTransport: "Included by the transports of MCP servers whose callers nginx verifies."
        case .verification: "Included by the questions to the verifier, in connectorgen-verify*.conf."
        }
    }
}

/// The connectors of the spec, by resource: aliases speak for the connector that they belong to.
private struct ConnectorSections {
    let all: [ConnectorSection]
    /// For each resource its connector's index.
    private var indices: [Int] = []

    init(_ plan: DeploymentPlan) {
        all = plan.spec.connectors
        indices.reserveCapacity(plan.resources.count)
        var index = -1
        for resource in plan.resources {
            if !resource.isAlias { index += 1 }
            indices.append(index)
        }
    }

    /// Each once, in the order of the spec.
    func of(_ resources: [Int]) -> [ConnectorSection] {
        var last = -1
        return resources.map { indices[$0] }.sorted().compactMap { index in
            defer { last = index }
            return index == last ? nil : all[index]
        }
    }
}

extension [Span] {
    /// Each place once, in the order of first mention.
    fileprivate var withoutRepetition: [Span] {
        var known: Set<Span> = []
        return filter { known.insert($0).inserted }
    }
}
