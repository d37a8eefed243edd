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
        let name = section.name.value.text
        let url = section.publicURL.value
        let identifier = resourceIdentifier(of: section)
        let scopes = effectiveScopes(of: section)
        let root = rootMetadata(of: section, identifier: identifier, isShared: shared.contains(url.origin))
        return ResourcePlan(
            connector: name, sectionIndex: index, isAlias: false, publicURL: url.text, resource: identifier.text,
            audience: identifier.text, host: url.host.text, path: url.path.asRequestPath, origin: url.origin,
            rootMetadata: root,
            metadataURL: identifier.origin + WellKnown.protectedResource.inserted(before: identifier.path),
            spellings: root == .origin ? [url.origin, url.origin + "/"] : [], clientID: section.clientID.value?.text,
            scopes: scopes, upstream: section.upstream.value, replicas: section.replicas.map(\.value),
            keepsSessions: section.sessions?.value ?? ConnectorSection.Default.sessions,
            messagePath: section.messagePath?.value.text,
            hostHeader: section.hostHeader?.value ?? ConnectorSection.Default.hostHeader,
            verification: section.verify?.value
                ?? ConnectorSection.Default.verify(of: section, issuer: spec.issuer),
            audiences: section.audiences.map(\.value), admissions: admissions(of: section),
            passedPrefixes: section.bearer?.pass.map(\.value.text) ?? [],
            identityNames: IdentityNames(section.identityHeaders),
            corsOwner: section.cors?.value ?? ConnectorSection.Default.cors,
            allowedOrigins: section.allowedOrigins.map(\.value.text),
            rateLimit: section.rateLimit?.value,
            maxBody: (section.maxBody?.value ?? ConnectorSection.Default.maxBody).bytes,
            readTimeout: (section.readTimeout?.value ?? ConnectorSection.Default.readTimeout).seconds,
            legacyAliases: legacyAliases(of: section, issuer: issuer),
            openAIAppsChallenge: section.openAIAppsChallenge,
            origins: [section.publicURL.span], documentOrigins: documentOrigins(of: section),
            transportOrigins: transportOrigins(of: section))
    }

    private func documentOrigins(of section: ConnectorSection) -> [Span] {
        var spans = section.scopes.map(\.span)
        if let resource = section.resource { spans.append(resource.span) }
        if let root = section.rootPRM { spans.append(root.span) }
        spans.append(spec.issuer.url.span)
        return spans
    }

    private func transportOrigins(of section: ConnectorSection) -> [Span] {
        var spans = [section.upstream.span] + section.replicas.map(\.span)
        if let sessions = section.sessions { spans.append(sessions.span) }
        if let path = section.messagePath { spans.append(path.span) }
        if let host = section.hostHeader { spans.append(host.span) }
        if let verify = section.verify { spans.append(verify.span) }
        if let bearer = section.bearer { spans.append(bearer.span) }
        if let names = section.identityHeaders { spans.append(names.span) }
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
