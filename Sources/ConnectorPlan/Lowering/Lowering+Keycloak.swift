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
        return KeycloakPlan(
            realm: realm, adminRealm: target.adminRealm?.value.text ?? realm,
            adminClient: target.adminClient?.value.text ?? KeycloakTarget.Default.adminClient,
            server: target.server.value.text,
            version: target.version.value, scopes: scopes,
            defaultScope: target.defaultScope?.value
                ?? (admitsUnknownClients(issuer) ? KeycloakTarget.Default.defaultScope : nil),
            offersRegistration: issuer.lanes.contains(.dcr) && issuer.dcr != .off,
            trustedHosts: registrationHosts(hosts, resources: resources),
            staticClients: clients.compactMap { client in
                guard let id = client.id, client.status != .ignored else { return nil }
                return KeycloakPlan.StaticClient(
                    clientID: id, label: client.label, redirects: redirects(of: client),
                    scopes: ownScopes[id] ?? names,
                    authMethods: client.authMethods,
                    origins: client.origins + Self.origins(of: client.redirects, besides: client.origins))
            },
            tolerateAllScopes: target.tolerateAllScopes?.value ?? KeycloakTarget.Default.tolerateAllScopes,
            origins: [target.span])
    }

    /// Clients that nobody attaches a scope to: those that register, and those that come with a metadata document.
    private func admitsUnknownClients(_ issuer: IssuerPlan) -> Bool {
        (issuer.lanes.contains(.dcr) && issuer.dcr != .off) || issuer.lanes.contains(.cimd)
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
