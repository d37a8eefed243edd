import ConnectorSpec
import Diagnostics

extension Lowering {
    /// What has to be true in the realm: an audience scope for each connector, who may register, which clients exist.
    mutating func keycloakPlan(
        _ target: KeycloakTarget, resources: [ResourcePlan], clients: [ClientPlan], hosts: [TrustedHost]
    ) -> KeycloakPlan {
        let realm = target.realm.value.text
        let scopes = audienceScopes(resources)
        let names = scopes.map(\.name)
        let ownScopes = scopesByClientID(resources)
        return KeycloakPlan(
            realm: realm, adminRealm: target.adminRealm?.value.text ?? realm,
            adminClient: target.adminClient?.value.text ?? "connectorgen", server: target.server.value.text,
            version: target.version.value, scopes: scopes, defaultScope: target.defaultScope?.value ?? .optional,
            trustedHosts: registrationHosts(hosts, resources: resources),
            staticClients: clients.compactMap { client in
                guard let id = client.id, client.status != .ignored else { return nil }
                return KeycloakPlan.StaticClient(
                    clientID: id, label: client.label, redirects: client.redirects.map(\.uri),
                    scopes: ownScopes[id] ?? names,
                    authMethods: client.authMethods, origins: client.origins)
            },
            tolerateAllScopes: target.tolerateAllScopes?.value ?? false, origins: [target.span])
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
                            name: name, audience: resource.audience, aliasAudiences: [],
                            connector: resource.connector, origins: resource.origins))
                    continue
                }
                if scopes[index].connector == resource.connector {
                    scopes[index].aliasAudiences.append(resource.audience)
                } else if !resource.isAlias {
                    report(
                        .keycloakScopeShared,
                        "connectors `\(scopes[index].connector)` and `\(resource.connector)` share the scope \(name)",
                        at: resource.origins[0], "a token for the one would be good for the other",
                        secondary: scopes[index].origins.first.map { [Label($0, "has the scope too")] } ?? [],
                        help: "give each connector a scope of its own: in Keycloak the scope sets the audience")
                }
            }
        }
        return scopes
    }

    /// Keycloak checks the hosts of all URIs in a registration; our own belong to them.
    private func registrationHosts(_ trusted: [TrustedHost], resources: [ResourcePlan]) -> [String] {
        var seen: Set<String> = []
        // The host part of a private-use redirect is a host to Keycloak.
        let applications = spec.trustedRedirects.compactMap(\.value.host).filter { !$0.isEmpty }
        return (trusted.map(\.pattern) + applications + resources.map(\.host)).filter { seen.insert($0).inserted }
    }
}
