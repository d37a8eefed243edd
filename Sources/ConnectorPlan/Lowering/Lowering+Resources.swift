import ConnectorSpec
import Diagnostics
import OAuthModel
import ParallelWork
import WebSyntax

extension Lowering {
    /// The resources in spec order, each connector followed by its path aliases and its alias hosts.
    mutating func resourcePlans(issuer: IssuerPlan) -> [ResourcePlan] {
        let shared = sharedOrigins()
        let blank = withoutDiagnostics
        let parts = Array(spec.connectors.indices).mapPartsInParallel(when: isLarge) { indices in
            var lowering = blank
            let plans = indices.flatMap { index in
                lowering.resources(ofSection: index, issuer: issuer, shared: shared)
            }
            return (plans, lowering.diagnostics)
        }
        diagnostics += parts.flatMap(\.1)
        return parts.flatMap(\.0)
    }

    /// A connector, followed by its path aliases and its alias hosts.
    private mutating func resources(
        ofSection index: Int, issuer: IssuerPlan, shared: Set<String>
    ) -> [ResourcePlan] {
        let section = spec.connectors[index]
        let main = resource(section, at: index, issuer: issuer, shared: shared)
        return [main] + section.aliases.map { pathAlias($0, of: main, in: section) }
            + section.aliasHosts.map { hostAlias($0, of: main, in: section, shared: shared) }
    }

    /// Origins that serve more than one connector: their root metadata could name only one of them.
    private func sharedOrigins() -> Set<String> {
        var owner: [String: Int] = [:]
        var shared: Set<String> = []
        for (index, section) in spec.connectors.enumerated() {
            let url = section.publicURL.value
            for origin in [url.origin] + section.aliasHosts.map({ Self.origin(of: url, on: $0.value) })
            where owner.updateValue(index, forKey: origin).map({ $0 != index }) ?? false {
                shared.insert(origin)
            }
        }
        return shared
    }

    private mutating func resource(
        _ section: ConnectorSection, at index: Int, issuer: IssuerPlan, shared: Set<String>
    ) -> ResourcePlan {
        let url = section.publicURL.value
        let identifier = resourceIdentifier(of: section)
        let publicURL = Derived(written: url.text, at: section.publicURL.span)
        let resource: Derived<String> =
            section.resource.map { Derived(written: $0.value.text, at: $0.span) }
            ?? publicURL.map(.default("the same as connector.public_url")) { $0 }
        let clientID: Derived<String?> = Derived(
            section.clientID.value?.text, .written, from: section.clientID.located.map { [$0.span] } ?? [])
        let root = rootMetadata(of: section, identifier: identifier, isShared: shared.contains(url.origin))
        return ResourcePlan(
            connector: Derived(written: section.name.value.text, at: section.name.span), sectionIndex: index,
            isAlias: false, publicURL: publicURL,
            resource: resource,
            host: publicURL.map("connector.public_url: its host") { _ in url.host.text },
            path: publicURL.map("connector.public_url: its path") { _ in url.path.asRequestPath },
            origin: publicURL.map("connector.public_url: without its path") { _ in url.origin },
            rootMetadata: root, metadataURL: metadataURL(of: section, publicURL),
            equivalentIdentifiers: root == .origin ? [url.origin, url.origin + "/"] : [],
            clientID: clientID, scopes: scopes(of: section),
            upstream: Derived(written: section.upstream.value, at: section.upstream.span),
            replicas: section.replicas.map(\.value),
            keepsSessions: section.sessions?.value ?? ConnectorSection.Default.sessions,
            messagePath: section.messagePath?.value.text,
            hostHeader: section.hostHeader?.value ?? ConnectorSection.Default.hostHeader,
            verification: section.verify?.value
                ?? ConnectorSection.Default.verify(of: section, issuer: spec.issuer),
            audiences: section.audiences.map(\.value), admissions: admissions(of: section),
            passedPrefixes: section.bearer?.pass.map(\.value.text) ?? [],
            identityNames: IdentityNames(section.identityHeaders),
            corsOwner: section.cors?.value ?? ConnectorSection.Default.cors,
            allowedOrigins: allowedOrigins(of: section),
            rateLimit: section.rateLimit?.value,
            maxBody: (section.maxBody?.value ?? ConnectorSection.Default.maxBody).bytes,
            readTimeout: (section.readTimeout?.value ?? ConnectorSection.Default.readTimeout).seconds,
            legacyAliases: legacyAliases(of: section, issuer: issuer),
            openAIAppsChallenge: section.openAIAppsChallenge)
    }

    private func metadataURL(of section: ConnectorSection, _ publicURL: Derived<String>) -> Derived<String> {
        let identifier = resourceIdentifier(of: section)
        let url = identifier.origin + WellKnown.protectedResource.inserted(before: identifier.path)
        guard let resource = section.resource else {
            return publicURL.map(
                "connector.public_url: path inserted after /.well-known/oauth-protected-resource (RFC 9728 §3.1)"
            ) { _ in url }
        }
        return Derived(
            url, "connector.resource: path inserted after /.well-known/oauth-protected-resource (RFC 9728 §3.1)",
            from: [resource.span])
    }

    private func allowedOrigins(of section: ConnectorSection) -> Derived<[String]> {
        let written = section.allowedOrigins
        if written.isEmpty { return Derived([], .default("no origin"), from: [section.span]) }
        return Derived(written.map(\.value.text), .written, from: written.map(\.span))
    }

    private func scopes(of section: ConnectorSection) -> Derived<[String]> {
        let scopes = effectiveScopes(of: section)
        if !section.scopes.isEmpty { return Derived(scopes, .written, from: section.scopes.map(\.span)) }
        return Derived(
            scopes,
            scopes.isEmpty
                ? .default("none")
                : .default("a scope of its own, by which Keycloak gives the audience to a token"),
            from: [section.span])
    }

    /// What its documents say besides the URL comes from here: identifier, scopes, root document.
    func documentOrigins(of section: ConnectorSection) -> [Span] {
        var spans = section.scopes.map(\.span)
        if let resource = section.resource { spans.append(resource.span) }
        if let root = section.rootPRM { spans.append(root.span) }
        spans.append(spec.issuer.url.span)
        return spans
    }

    /// What its transport does comes from here: upstream, verification, limits, browsers.
    func transportOrigins(of section: ConnectorSection) -> [Span] {
        var spans = [section.upstream.span] + section.replicas.map(\.span)
        if let sessions = section.sessions { spans.append(sessions.span) }
        if let path = section.messagePath { spans.append(path.span) }
        if let host = section.hostHeader { spans.append(host.span) }
        if let verify = section.verify { spans.append(verify.span) }
        spans += section.bearer?.valueSpans ?? []
        spans += section.identityHeaders?.valueSpans ?? []
        if let limit = section.rateLimit { spans.append(limit.span) }
        if let size = section.maxBody { spans.append(size.span) }
        if let timeout = section.readTimeout { spans.append(timeout.span) }
        if let cors = section.cors { spans.append(cors.span) }
        return spans + section.allowedOrigins.map(\.span)
    }

    /// What tokens are for: the public URL, or an identifier that covers it (origin, or a path above it).
    private func resourceIdentifier(of section: ConnectorSection) -> PublicURL {
        section.resource?.value ?? section.publicURL.value
    }

    /// The origin's own metadata makes sense where the origin means one connector (clients.md §10).
    private mutating func rootMetadata(
        of section: ConnectorSection, identifier: PublicURL, isShared: Bool
    ) -> ConnectorSection.RootPRM {
        // An identifier without path has the root document as its own.
        if identifier.path.isEmpty { return .off }
        guard let written = section.rootPRM else {
            return isShared || isGuest(on: section.publicURL.value.host.text) ? .off : .origin
        }
        let name = section.name.value.text
        if isShared, written.value != .off {
            report(
                .rootMetadataShared,
                "connectors.\(name).root_prm is \(written.value.rawValue) on a host with several connectors",
                at: written.span, "the root document could speak of one of them only",
                secondary: [Label(section.publicURL.span, "the host")], help: "set root_prm: off")
            return .off
        }
        return written.value
    }

    private func legacyAliases(of section: ConnectorSection, issuer: IssuerPlan) -> [LegacyAlias] {
        guard !section.legacyAliases.isEmpty, issuer.isBundled else { return [] }
        return section.legacyAliases.flatMap { alias in
            [EndpointName.authorize, .token, .register].compactMap { endpoint in
                guard issuer.endpointPaths[endpoint] != nil else { return nil }
                return LegacyAlias(
                    path: "\(alias.path.value.text.withoutFinalSlash)/\(endpoint.rawValue)", endpoint: endpoint,
                    sunset: alias.sunset.value,
                    defaultClient: alias.defaultClient ?? section.clientID.located,
                    origins: [alias.path.span, alias.sunset.span])
            }
        }
    }
}
