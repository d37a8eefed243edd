import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

extension Lowering {
    /// The authorization server's documents and endpoints, on the issuer's host.
    func addIssuerRoutes(_ issuer: IssuerPlan, documents: Documents, to hosts: inout HostRoutes) {
        for index in documents.issuer {
            let document = documents.all[index]
            hosts.add(
                Route(
                    match: .exact(document.path), action: .document(index), reason: document.reason,
                    origins: document.origins, isOfHost: isOfHost(document)),
                on: document.host)
        }
        for name in EndpointName.allCases {
            guard let path = issuer.endpointPaths[name] else { continue }
            let origins = [spec.issuer.endpoints[name]?.span ?? spec.issuer.url.span]
            hosts.add(
                Route(
                    match: .exact(path), action: .endpoint(name, upstreamPath: path),
                    reason: "\(name.rawValue) endpoint", origins: origins),
                on: issuer.host)
            guard name == .register else { continue }
            hosts.add(
                Route(
                    match: .subtree(path + "/"), action: .endpoint(name, upstreamPath: path + "/"),
                    reason: "client configuration endpoint (RFC 7592)", origins: origins),
                on: issuer.host)
        }
    }

    /// A resource's documents, its transport, and nothing else below it.
    func addRoutes(
        of resource: ResourcePlan, at index: Int, issuer: IssuerPlan, documents: Documents, to hosts: inout HostRoutes
    ) {
        for document in documents.byResource[index] { addDocument(document, in: documents, to: &hosts) }
        let origins = resource.$publicURL.origins + transportOrigins(of: spec.connectors[resource.sectionIndex])
        func add(_ match: Route.Match, _ action: Route.Action, _ reason: String) {
            hosts.add(Route(match: match, action: action, reason: reason, origins: origins), on: resource.host)
        }
        add(.exact(resource.path), .transport(index), "MCP transport")
        if resource.path != "/" {
            add(.subtree(resource.path + "/"), .transport(index), "MCP transport, below its path")
            // But for the documents of an issuer that is there too, in the application itself.
            if issuer.isBundled || issuer.host != resource.host || issuer.path != resource.path {
                add(.subtree(resource.path + "/.well-known/"), .notFound, "nothing is discovered below the transport")
            }
        }
        // The other half of the older transport, under the name that the MCP server tells its clients.
        if let path = resource.messagePath {
            add(.exact(path), .messages(index), "messages to the MCP server (HTTP with SSE)")
            add(.subtree(path + "/"), .messages(index), "messages to the MCP server, below their path")
        }
    }

    /// One document at one URL; two transports of one resource share it.
    private func addDocument(_ index: Int, in documents: Documents, to hosts: inout HostRoutes) {
        let document = documents.all[index]
        let match = Route.Match.exact(document.path)
        if case .document(let known)? = hosts.owner(of: match, on: document.host)?.action,
            documents.all[known].body == document.body
        {
            return
        }
        hosts.add(
            Route(
                match: match, action: .document(index), reason: document.reason, origins: document.origins,
                isOfHost: isOfHost(document)),
            on: document.host)
    }

    /// The token of OpenAI's check of the domain; two connectors of one host may have the same.
    func addDomainProof(of resource: ResourcePlan, to hosts: inout HostRoutes) {
        guard let proof = resource.openAIAppsChallenge else { return }
        let match = Route.Match.exact(WellKnown.openAIAppsChallenge)
        if case .domainProof(proof.value.text)? = hosts.owner(of: match, on: resource.host)?.action { return }
        hosts.add(
            Route(
                match: match, action: .domainProof(proof.value.text),
                reason: "proof for OpenAI that the domain is ours", origins: [proof.span]),
            on: resource.host)
    }

    /// `/authorize`, `/token`, `/register` at the issuer's origin, for clients that lost the path; unadvertised.
    func addFallbacks(_ issuer: IssuerPlan, to hosts: inout HostRoutes) {
        let setting = spec.issuer.originFallbacks
        // The root of a host that another deployment owns is taken only where the spec asks for it.
        let standard = IssuerSection.Default.originFallbacks && !isGuest(on: issuer.host)
        guard issuer.isBundled, setting?.value ?? standard else { return }
        for name in [EndpointName.authorize, .token, .register] {
            guard let target = issuer.endpointPaths[name] else { continue }
            let path = "/\(name.rawValue)"
            // What takes the path stays: a rule speaks of it.
            guard hosts.owner(of: .exact(path), on: issuer.host) == nil else { continue }
            hosts.add(
                Route(
                    match: .exact(path), action: .endpoint(name, upstreamPath: target),
                    reason: "\(name.rawValue) at the origin, for clients that drop the path; not advertised",
                    origins: [setting?.span ?? spec.issuer.url.span], isOfHost: !isGuest(on: issuer.host)),
                on: issuer.host)
        }
    }

    /// Old endpoint families: served under their own path, so that the server knows them by it.
    func addLegacyRoutes(_ aliases: [LegacyAlias], on host: String, to hosts: inout HostRoutes) {
        for alias in aliases {
            hosts.add(
                Route(
                    match: .exact(alias.path),
                    action: .legacyAlias(alias.endpoint, upstreamPath: alias.path, sunset: alias.sunset),
                    reason: "legacy \(alias.endpoint.rawValue): served, never advertised, until \(alias.sunset.text)",
                    origins: alias.origins),
                on: host)
        }
    }

    /// The server knows an old family by its path alone, so that two hosts cannot have the same with two clients.
    mutating func checkLegacyPaths(_ resources: [ResourcePlan]) {
        var first: [String: LegacyAlias] = [:]
        for alias in resources.flatMap(\.legacyAliases) {
            guard let known = first.updateValue(alias, forKey: alias.path) else { continue }
            first[alias.path] = known
            guard known.defaultClient?.value != alias.defaultClient?.value, let place = alias.origins.first else {
                continue
            }
            report(
                .routeCollision, "\(alias.path) is a legacy path of two connectors with different clients", at: place,
                secondary: known.origins.first.map { [Label($0, "already taken here")] } ?? [],
                help: "give both the same default_client, or one of them another path")
        }
    }

    /// What nobody serves of the names that clients ask for is not found, and certificates are left to the site unless
    /// it wants them here. Everything else of a host is the site's.
    func closeHosts(_ issuer: IssuerPlan, _ hosts: inout HostRoutes) {
        let nginx = spec.targets.nginx
        let origins = [nginx?.span ?? spec.span]
        // Names and schemes alone: a copy of the hosts would make every list of routes be copied when it grows.
        for host in hosts.plans.map({ (name: $0.name, scheme: $0.scheme) }) where !isGuest(on: host.name) {
            if nginx?.acme?.value ?? NginxTarget.Default.acme == .inherit, host.scheme == "https" {
                hosts.add(
                    Route(
                        match: .subtree("/.well-known/acme-challenge/"), action: .acmeChallenge,
                        reason: "certificate challenges (RFC 8555 §8.3)",
                        origins: nginx?.acme.map { [$0.span] } ?? origins, isOfHost: true),
                    on: host.name)
            }
            // The documents of an authorization server that is not ours are its own to serve.
            let isForeign = !issuer.isBundled && host.name == issuer.host
            for match in WellKnown.unserved where !(isForeign && WellKnown.isOfAuthorizationServer(match)) {
                guard hosts.owner(of: match, on: host.name) == nil else { continue }
                hosts.add(
                    Route(
                        match: match, action: .notFound, reason: "clients ask for it, and it does not exist",
                        origins: origins, isOfHost: true),
                    on: host.name)
            }
        }
    }

    /// What a guest has at the root all the same is its own.
    private func isOfHost(_ document: MetadataDocument) -> Bool {
        WellKnown.isAtRoot(document.path) && !isGuest(on: document.host)
    }

    /// True where the root of a host belongs to another deployment.
    func isGuest(on host: String) -> Bool {
        spec.targets.nginx?.guestOn.contains { $0.value.text == host } ?? false
    }
}
