import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

/// The server of an external issuer whose URLs are on a host of ours, and what its paths are there.
struct ExternalIssuer {
    @Derived var server: ServerAddress
    /// Of the issuer, without slash at its end.
    let path: String
    /// The path that the issuer has at its server; that of its URL unless `issuer.upstream` has one.
    let ownPath: String

    /// What a path of the issuer's host is called at the server: what is below the issuer's path is below its own.
    func inner(_ path: String) -> String {
        guard ownPath != self.path else { return path }
        if path == self.path { return ownPath.asRequestPath }
        let below = self.path + "/"
        return path.hasPrefix(below) ? "\(ownPath)/\(path.dropping(bytes: below.utf8.count))" : path
    }
}

extension Lowering {
    /// Where an external issuer is: on a host of ours, and whether anything here can lead to it.
    func issuerLocation() -> IssuerPlan.Location {
        let host = spec.issuer.url.value.host
        let named = spec.targets.nginx?.serverNames ?? []
        let isOurs =
            named.isEmpty
            ? spec.issuer.upstream != nil
                || spec.connectors.contains { section in
                    section.publicURL.value.host == host || section.aliasHosts.contains { $0.value == host }
                } : named.contains { $0.value == host }
        guard spec.issuer.mode.value == .external, isOurs else { return .elsewhere }
        return externalIssuer() == nil ? .site : .routed
    }

    /// Nil where an issuer is bundled, or its server not known.
    func externalIssuer() -> ExternalIssuer? {
        guard spec.issuer.mode.value == .external else { return nil }
        let path = spec.issuer.url.value.path.withoutFinalSlash
        if let upstream = spec.issuer.upstream {
            return ExternalIssuer(
                server: Derived(ServerAddress(upstream.value), "issuer.upstream: its address", from: [upstream.span]),
                path: path, ownPath: (upstream.value.path ?? path).withoutFinalSlash)
        }
        // Leading to the public address again would be a loop.
        guard let keycloak = spec.targets.keycloak else { return nil }
        let server = keycloak.upstream ?? keycloak.server
        guard !server.value.isSameServer(as: spec.issuer.url.value) else { return nil }
        let url = server.value
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        return ExternalIssuer(
            server: Derived(
                ServerAddress(address: .tcp(host: url.host.text, port: port), isTLS: url.scheme == "https"),
                "targets.keycloak: scheme, host and port of its upstream or its server", from: [server.span]),
            path: path, ownPath: path)
    }

    /// The documents, endpoints and pages of an external issuer on a host of ours, as it has them itself.
    func addExternalIssuer(_ issuer: IssuerPlan, resources: [ResourcePlan], to hosts: inout HostRoutes) {
        guard hosts.contains(issuer.host), let external = externalIssuer() else { return }
        addExternalDocuments(issuer, at: external, to: &hosts)
        let routes = externalRoutes(issuer)
        let keycloak = KeycloakPaths(issuerPath: issuer.path)
        for (path, origins) in routes where path != "/" {
            let action = Route.Action.issuer(upstreamPath: external.inner(path))
            let exact = Route.Match.exact(path)
            let registers = keycloak?.registers(at: path) ?? false
            // An application that is its own issuer below the path of its transport has these requests already.
            if case .transport(let index)? = hosts.owner(of: exact, on: issuer.host)?.action,
                resources[index].verification == .application,
                ServerAddress(resources[index].upstream) == external.server
            {
                continue
            }
            hosts.add(
                Route(
                    match: exact, action: action, reason: "the issuer itself, which has its own CORS",
                    origins: origins, registersClients: registers), on: issuer.host)
            // A document has nothing below it.
            guard !path.hasPrefix("/.well-known/") else { continue }
            hosts.add(
                Route(
                    match: .subtree(path + "/"), action: .issuer(upstreamPath: external.inner(path + "/")),
                    reason: "the issuer itself, below \(path)", origins: origins, registersClients: registers),
                on: issuer.host)
        }
        guard let keycloak else { return }
        addRegistration(keycloak, at: external, on: issuer.host, ledTo: routes, to: &hosts)
        shut(keycloak, on: issuer.host, ledTo: routes, to: &hosts)
    }

    /// Paths of the issuer's host that lead to it, and where they are written.
    private func externalRoutes(_ issuer: IssuerPlan) -> [(path: String, origins: [Span])] {
        let section = spec.issuer
        if let routes = section.routes { return routes.map { ($0.value.text, [$0.span]) } }
        let origins = [section.upstream?.span ?? section.url.span]
        if let keycloak = spec.targets.keycloak {
            let realm = "/realms/\(keycloak.realm.value.text)"
            guard issuer.path.hasSuffix(realm) else { return [(issuer.path, origins)] }
            // The pages of the sign-in take their styles and scripts from there (keycloak.md §8).
            let relative = String(issuer.path.dropLast(realm.utf8.count))
            return [(issuer.path, origins), (relative + "/resources", origins)]
        }
        let paths = issuer.path.isEmpty ? IssuerSection.Default.routes : [issuer.path]
        return paths.map { ($0, origins) }
    }

    /// Every place where clients ask for the issuer's documents, led to where it has them.
    private func addExternalDocuments(
        _ issuer: IssuerPlan, at external: ExternalIssuer, to hosts: inout HostRoutes
    ) {
        let served = servedDocuments(external)
        let forms: [(WellKnown, String?)] = [
            (.authorizationServer, served.oauth), (.openIDConfiguration, served.openID),
        ]
        let written = (spec.issuer.documents?.valueSpans ?? []) + external.$server.origins.prefix(1)
        for (document, target) in forms {
            let inserted = document.inserted(before: issuer.path)
            for asked in issuer.path.isEmpty ? [inserted] : [inserted, document.appended(to: issuer.path)] {
                let own =
                    asked == inserted ? document.inserted(before: external.ownPath) : external.inner(asked)
                guard let target = target ?? (served.isKnown ? nil : own) else { continue }
                hosts.add(
                    Route(
                        match: .exact(asked), action: .external(upstreamPath: target),
                        reason: "metadata of the external issuer (\(document.source))",
                        origins: [spec.issuer.url.span] + written),
                    on: issuer.host)
            }
        }
    }

    /// Where an issuer has its documents, as far as that is known; what is known to be nowhere is nil.
    private func servedDocuments(_ external: ExternalIssuer) -> (oauth: String?, openID: String?, isKnown: Bool) {
        let documents = spec.issuer.documents
        let (oauth, openID) = (documents?.oauth?.value.text, documents?.openid?.value.text)
        if oauth != nil || openID != nil {
            // OpenID provider metadata has every member that a client of OAuth reads.
            return (oauth ?? openID, openID, true)
        }
        guard let keycloak = spec.targets.keycloak else { return (nil, nil, false) }
        // Below its relative path, and before 26.4 in the appended form alone (keycloak.md §8).
        let realm = "/realms/\(keycloak.realm.value.text)"
        let path = external.ownPath
        let relative = path.hasSuffix(realm) ? String(path.dropLast(realm.utf8.count)) : ""
        let served =
            keycloak.version.value < SoftwareVersion(26, 4)
            ? WellKnown.authorizationServer.appended(to: relative + realm)
            : relative + WellKnown.authorizationServer.inserted(before: realm)
        return (served, WellKnown.openIDConfiguration.appended(to: relative + realm), true)
    }
}

extension WellKnown {
    /// Where the document is specified.
    fileprivate var source: String {
        switch self {
        case .protectedResource: "RFC 9728 §3"
        case .authorizationServer: "RFC 8414 §3"
        case .openIDConfiguration: "OpenID Connect Discovery 1.0 §4"
        }
    }
}
