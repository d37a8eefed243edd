import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    /// The clients that are known before they come, and where they may be redirected to.
    func clientPlans(issuer: IssuerPlan) -> ([ClientPlan], Derived<[RedirectRule]>) {
        var plans = spec.clients.map { client($0, issuer: issuer) }
        let redirects = allowedRedirects(plans.flatMap(\.redirects) + trustedRedirects)
        for index in plans.indices where plans[index].redirects.isEmpty && plans[index].status != .ignored {
            plans[index].redirects = redirects
        }
        var known = Set(plans.compactMap(\.id))
        for section in spec.connectors {
            guard let id = section.clientID.located, known.insert(id.value.text).inserted else { continue }
            plans.append(
                ClientPlan(
                    id: id.value.text, profile: nil, label: "connector \(section.name.value.text)", status: .active,
                    authMethods: [.none], secret: nil, keysURL: nil, scopes: [], allowIntrospection: false,
                    redirects: redirects,
                    metadataDocuments: [],
                    registrationMethods: [.predefined], origins: [id.span]))
        }
        return (
            plans,
            Derived(
                redirects,
                "clients, the profiles' and the predefined clients' redirect URIs, and trusted_redirects",
                from: spec.clients.map(\.span) + spec.trustedRedirects.map(\.span))
        )
    }

    private func client(_ section: ClientSection, issuer: IssuerPlan) -> ClientPlan {
        let profile = section.profile.flatMap { clients.profile(named: $0.value) }
        let status = section.status?.value ?? ClientSection.Default.status
        let label = section.label?.value ?? profile?.title ?? section.id?.value.text ?? section.profile?.value ?? ""
        return ClientPlan(
            id: section.id?.value.text, profile: profile?.name, label: label, status: status,
            authMethods: section.authMethod.map { [$0.value] }
                ?? (section.secret == nil ? [.none] : AuthenticationMethod.withSecret),
            secret: section.secret?.value, keysURL: section.keysURL?.value.text,
            scopes: section.scopes?.map(\.value.text) ?? [],
            allowIntrospection: section.allowIntrospection?.value ?? ClientSection.Default.allowIntrospection,
            redirects: status == .ignored ? [] : redirects(of: section, profile),
            metadataDocuments: profile?.metadataDocuments ?? [],
            registrationMethods: status == .ignored
                ? [] : usableRegistrationMethods(of: section, profile, issuer: issuer),
            origins: origins(of: section))
    }

    private func origins(of section: ClientSection) -> [Span] {
        let names = [section.profile?.span, section.id?.span, section.label?.span].compactMap(\.self)
        return names.isEmpty ? [section.span] : names
    }

    private func redirects(of section: ClientSection, _ profile: ClientProfile?) -> [RedirectRule] {
        let owner = profile?.name ?? section.id?.value.text ?? ""
        let written = section.redirectURIs.map { rule($0, owner: owner) }
        let span = section.profile?.span ?? section.span
        return written
            + (profile?.redirects ?? []).map { redirect in
                RedirectRule(uri: redirect.uri, match: redirect.match, client: owner, origins: [span])
            }
    }

    /// The registration methods by which a client can get in here, the client's best first.
    private func usableRegistrationMethods(
        of section: ClientSection, _ profile: ClientProfile?, issuer: IssuerPlan
    ) -> [RegistrationMethod] {
        let hasID = section.id != nil || spec.connectors.contains { $0.clientID.located != nil }
        return (profile?.registrationMethods ?? [.predefined]).filter { method in
            guard issuer.registrationMethods.contains(method) else { return false }
            return switch method {
            case .predefined: hasID
            case .cimd: profile?.metadataDocuments.isEmpty == false
            case .dcr: issuer.dcr != .off
            }
        }
    }

    /// What the spec allows to whoever registers.
    private var trustedRedirects: [RedirectRule] { spec.trustedRedirects.map { rule($0, owner: "spec") } }

    private func rule(_ uri: Located<CanonicalRedirectURI>, owner: String) -> RedirectRule {
        RedirectRule(
            uri: uri.value.text, match: uri.value.isLoopback ? .loopback : .exact, client: owner, origins: [uri.span])
    }

    /// Each redirect URI once, in the order of the spec.
    private func allowedRedirects(_ rules: [RedirectRule]) -> [RedirectRule] {
        struct Key: Hashable {
            let uri: String
            let match: RedirectMatch
        }
        var seen: Set<Key> = []
        return rules.filter { seen.insert(Key(uri: $0.uri, match: $0.match)).inserted }
    }

    /// Hosts that may register and be redirected to: the spec's, then those that the enabled profiles bring.
    func trustedHosts() -> Derived<[TrustedHost]> {
        Derived(
            hosts(spec.trustedHosts, besides: []) { $0.trustedHosts }, "trusted_hosts and the profiles of clients",
            from: spec.trustedHosts.map(\.span) + spec.clients.map(\.span))
    }

    /// Hosts of pages alone; a trusted one is not repeated.
    func clientURIHosts(besides trusted: [TrustedHost]) -> Derived<[TrustedHost]> {
        Derived(
            hosts(spec.clientURIHosts, besides: trusted) { $0.clientURIHosts },
            "client_uri_hosts and the profiles of clients",
            from: spec.clientURIHosts.map(\.span) + spec.clients.map(\.span))
    }

    /// Each once.
    private func hosts(
        _ written: [Located<HostPattern>], besides known: [TrustedHost], of profileHosts: (ClientProfile) -> [String]
    ) -> [TrustedHost] {
        var seen = Set(known.map(\.pattern))
        var hosts: [TrustedHost] = []
        for host in written where seen.insert(host.value.text).inserted {
            hosts.append(TrustedHost(pattern: host.value.text, source: "spec", origins: [host.span]))
        }
        for section in spec.clients where section.status?.value != .ignored {
            guard let name = section.profile, let profile = clients.profile(named: name.value) else { continue }
            for host in profileHosts(profile) where seen.insert(host).inserted {
                hosts.append(TrustedHost(pattern: host, source: profile.name, origins: [name.span]))
            }
        }
        return hosts
    }
}
