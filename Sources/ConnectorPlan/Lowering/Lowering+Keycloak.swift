import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

extension Lowering {
    /// What has to be true in the realm: an audience scope for each connector, who may register, which clients exist.
    mutating func keycloakPlan(
        _ target: KeycloakTarget, issuer: IssuerPlan, resources: [ResourcePlan], clients: [ClientPlan],
        hosts: [TrustedHost]
    ) -> KeycloakPlan {
        refuseOwnNamesOfKeycloak(clients)
        let realm = target.realm.value.text
        let scopes = audienceScopes(resources)
        let names = scopes.map(\.name)
        let ownScopes = scopesByClientID(resources)
        let connectors = spec.connectors.map(\.name.value.text)
        let owners = Dictionary(
            spec.connectors.compactMap { section in
                section.clientID.located.map { ($0.value.text, section.name.value.text) }
            },
            uniquingKeysWith: { first, _ in first })
        let deployment = spec.name.value.text
        return KeycloakPlan(
            deployment: deployment, realm: realm, adminRealm: target.adminRealm?.value.text ?? realm,
            adminClient: target.adminClient?.value.text ?? KeycloakTarget.Default.adminClient,
            server: target.server.value.text,
            version: target.version.value, connectors: connectors, scopes: scopes,
            // With several connectors a default scope of each would give every client all of their audiences.
            defaultScope: target.defaultScope?.value
                ?? (admitsUnknownClients(issuer)
                    ? (connectors.count > 1 ? KeycloakTarget.DefaultScope.optional : .permanent) : nil),
            offersRegistration: issuer.registrationMethods.contains(.dcr) && issuer.dcr != .off,
            audience: target.audience?.value ?? KeycloakTarget.Default.audience,
            trustedHosts: registrationHosts(hosts, resources: resources),
            ownHosts: ownHosts(besides: hosts, resources: resources),
            webOrigins: webOrigins(clients, resources: resources),
            registrations: registrations(clients),
            documents: clientDocuments(clients, issuer: issuer),
            staticClients: clients.compactMap { client in
                guard let id = client.id, client.status != .ignored else { return nil }
                return KeycloakPlan.StaticClient(
                    clientID: id, label: client.label, redirects: redirects(of: client),
                    scopes: ownScopes[id] ?? names,
                    authMethods: client.authMethods,
                    owner: owners[id].map { "\(deployment)/\($0)" } ?? deployment,
                    origins: client.origins + Self.origins(of: client.redirects, besides: client.origins))
            },
            tolerateAllScopes: target.tolerateAllScopes?.value ?? KeycloakTarget.Default.tolerateAllScopes,
            outputs: KeycloakTarget.Output.allCases.filter { output in
                target.outputs?.contains { $0.value == output } ?? KeycloakTarget.Default.outputs.contains(output)
            },
            origins: [target.span])
    }

    /// Clients that nobody attaches a scope to: those that register, and those that come with a metadata document.
    private func admitsUnknownClients(_ issuer: IssuerPlan) -> Bool {
        (issuer.registrationMethods.contains(.dcr) && issuer.dcr != .off) || issuer.registrationMethods.contains(.cimd)
    }

    /// An audience in a scope that Keycloak gives to clients by itself would reach clients that have nothing to do with
    /// us, and moving it to the realm's optional scopes would take it from them. Its clients are others' business too.
    private mutating func refuseOwnNamesOfKeycloak(_ clients: [ClientPlan]) {
        let catalogue = KeycloakCatalogue.builtin
        if let problem = catalogue.problem { diagnostics.append(problem) }
        for section in spec.connectors {
            for scope in section.scopes {
                guard let own = catalogue.ownScope(named: scope.value.text) else { continue }
                let name = section.name.value.text
                report(
                    .keycloakOwnName,
                    "connectors.\(name).scopes names `\(own.name)`, which is a scope of Keycloak's own",
                    at: scope.span, "every client of the realm could get the audience by it", notes: [own.evidence],
                    help:
                        "name a scope of the connector's own, `mcp.\(name)`; clients may ask for Keycloak's without it")
            }
        }
        for client in clients where client.status != .ignored {
            guard let id = client.id, let own = catalogue.ownClient(named: id) else { continue }
            report(
                .keycloakOwnName, "the client `\(id)` is one of Keycloak's own", at: client.origins[0],
                "would get our redirects and scopes", notes: [own.evidence], help: "give the client another id")
        }
    }

    /// Each once: two rules of ours may be one to Keycloak.
    private mutating func redirects(of client: ClientPlan) -> [KeycloakRedirect] {
        var redirects: [KeycloakRedirect] = []
        for rule in client.redirects {
            do throws(InvalidValue) {
                let redirect = try KeycloakRedirect(rule.uri, match: rule.match)
                if !redirects.contains(redirect) { redirects.append(redirect) }
            } catch {
                report(
                    .keycloakRedirectUnrepresentable,
                    "a redirect of \(client.label) cannot be told to Keycloak: it \(error.problem)",
                    at: rule.origins.first ?? client.origins[0], "`\(rule.uri)`",
                    help: "write \(error.expected)")
            }
        }
        return redirects
    }

    /// Where redirects come from, each place once.
    private static func origins(of redirects: [RedirectRule], besides known: [Span]) -> [Span] {
        var seen = Set(known)
        return redirects.flatMap(\.origins).filter { seen.insert($0).inserted }
    }

    /// A connector's client needs the scopes of the connectors that advertise it, and no other.
    private func scopesByClientID(_ resources: [ResourcePlan]) -> [String: [String]] {
        var scopes: [String: [String]] = [:]
        for resource in resources where !resource.isAlias {
            if let id = resource.clientID { scopes[id, default: []] += resource.scopes }
        }
        return scopes
    }

    /// In Keycloak a scope brings the audience, so that a scope of two connectors would open both with one token.
    private mutating func audienceScopes(_ resources: [ResourcePlan]) -> [KeycloakPlan.AudienceScope] {
        var scopes: [KeycloakPlan.AudienceScope] = []
        var indexByName: [String: Int] = [:]
        for resource in resources {
            for name in resource.scopes {
                guard let index = indexByName[name] else {
                    indexByName[name] = scopes.count
                    scopes.append(
                        KeycloakPlan.AudienceScope(
                            name: Derived(
                                name, resource.$scopes.rule,
                                from: spec.connectors[resource.sectionIndex].scopes
                                    .filter { $0.value.text == name }.map(\.span)),
                            audience: resource.audience.value, aliasAudiences: [],
                            resourceClients: resourceClients(of: resource, among: resources),
                            connector: resource.connector,
                            owner: "\(spec.name.value.text)/\(resource.connector)", origins: resource.$publicURL.origins
                        ))
                    continue
                }
                if scopes[index].connector == resource.connector {
                    scopes[index].aliasAudiences.append(resource.audience.value)
                } else if !resource.isAlias {
                    report(
                        .keycloakScopeShared,
                        "connectors `\(scopes[index].connector)` and `\(resource.connector)` share the scope \(name)",
                        at: resource.$publicURL.origins[0], "a token for the one would be good for the other",
                        secondary: scopes[index].origins.first.map { [Label($0, "has the scope too")] } ?? [],
                        help: "give each connector a scope of its own: in Keycloak the scope sets the audience")
                }
            }
        }
        return scopes
    }

    /// One for each spelling of the connector's resources: its own URL, those of its aliases, the origins of root
    /// documents.
    private func resourceClients(
        of connector: ResourcePlan, among resources: [ResourcePlan]
    ) -> [KeycloakPlan.ResourceClient] {
        var seen: Set<String> = []
        let equivalentIdentifiers = resources.filter { $0.sectionIndex == connector.sectionIndex }
            .flatMap { [$0.resource] + $0.equivalentIdentifiers }.filter { seen.insert($0).inserted }
        let name = "connectorgen:\(spec.name.value.text):\(connector.connector)"
        return equivalentIdentifiers.enumerated().map { index, resource in
            KeycloakPlan.ResourceClient(clientID: index == 0 ? name : "\(name):\(index + 1)", resource: resource)
        }
    }

    /// Which of the trusted hosts nobody but connectors needs.
    private func ownHosts(besides trusted: [TrustedHost], resources: [ResourcePlan]) -> [String: [String]] {
        let others = Set(trusted.map(\.pattern) + spec.trustedRedirects.compactMap(\.value.host))
        var owners: [String: [String]] = [:]
        for resource in resources where !others.contains(resource.host) {
            if owners[resource.host]?.contains(resource.connector) != true {
                owners[resource.host, default: []].append(resource.connector)
            }
        }
        return owners
    }

    /// Keycloak answers a registration with an `Origin` that its policy does not list with 403, in a browser or not.
    private func webOrigins(_ plans: [ClientPlan], resources: [ResourcePlan]) -> [String] {
        var seen: Set<String> = []
        let pages = profiles(of: plans).flatMap { $0.profile.browserOrigins }
        return (pages + resources.flatMap(\.allowedOrigins)).filter { seen.insert($0).inserted }
    }

    private func profiles(of plans: [ClientPlan]) -> [(plan: ClientPlan, profile: ClientProfile)] {
        plans.filter { $0.status != .ignored }.compactMap { plan in
            plan.profile.flatMap { clients.profile(named: $0) }.map { (plan: plan, profile: $0) }
        }
    }

    /// By default all registration methods are open as far as the server has them; this one needs a feature that is off
    /// by default.
    private func clientDocuments(_ plans: [ClientPlan], issuer: IssuerPlan) -> KeycloakPlan.ClientDocuments? {
        guard issuer.registrationMethods.contains(.cimd),
            spec.issuer.registration?.contains(where: { $0.value == .cimd }) == true
        else { return nil }
        func once(_ hosts: [String]) -> [String] {
            var seen: Set<String> = []
            return hosts.filter { seen.insert($0).inserted }
        }
        let known = profiles(of: plans).map { $0.profile }.filter { !$0.metadataDocuments.isEmpty }
        let hosts = known.flatMap(\.metadataDocuments).compactMap { document in
            document.splitScheme.map { String($0.rest.prefix { $0 != "/" }) }
        }
        return KeycloakPlan.ClientDocuments(hosts: once(hosts), urlHosts: once(hosts + known.flatMap(\.trustedHosts)))
    }

    private func registrations(_ plans: [ClientPlan]) -> [KeycloakPlan.Registration] {
        profiles(of: plans).map { plan, profile in
            KeycloakPlan.Registration(
                profile: profile.name, title: plan.label,
                redirects: plan.redirects.filter { $0.client == profile.name }.map { Self.sample(of: $0.uri) },
                browserOrigins: profile.browserOrigins, origins: plan.origins)
        }
    }

    /// A redirect as a client would send it: a template's placeholder has some value.
    private static func sample(of uri: String) -> String {
        var text = ""
        var isOpen = false
        for character in uri {
            if character == "{" { text += "connectorgen"; isOpen = true }
            if !isOpen { text.append(character) }
            if character == "}" { isOpen = false }
        }
        return text
    }

    /// Keycloak checks the hosts of all URIs in a registration; our own belong to them.
    private func registrationHosts(_ trusted: [TrustedHost], resources: [ResourcePlan]) -> [TrustedHost] {
        var seen: Set<String> = []
        // The host part of a private-use redirect is a host to Keycloak.
        let applications = spec.trustedRedirects.compactMap { redirect in
            redirect.value.host.map { TrustedHost(pattern: $0, source: "spec", origins: [redirect.span]) }
        }.filter { !$0.pattern.isEmpty }
        let own = resources.map { TrustedHost(pattern: $0.host, source: "spec", origins: $0.$publicURL.origins) }
        return (trusted + applications + own).filter { seen.insert($0.pattern).inserted }
    }
}

extension KeycloakCatalogue.OwnName {
    fileprivate var evidence: String {
        releases.isEmpty
            ? "it is a name of OpenID Connect itself, which every sign-in asks for"
            : "seen in new realms of Keycloak \(releases.joined(separator: " and "))"
    }
}
