import ConnectorPlan
import ConnectorSpec
import JSONSyntax

/// The plan for people who do not run scripts: a realm file for a new realm, the operator's import of the same, and
/// what keycloak-config-cli may have.
extension KeycloakPlanFile {
    /// `keycloak/realm.json`, for `kc.sh import`, `start --import-realm` and `POST /admin/realms`.
    ///
    /// A list in a realm file stands for the whole of it, so that it holds what a new realm has besides ours.
    mutating func realmFile(_ new: KeycloakNewRealm) -> Artifact {
        let printed = table.json(realm(new), from: plan.origins).printed()
        return Artifact(
            path: "keycloak/realm.json", mode: 0o644, bytes: printed.bytes, provenance: table.provenance(of: printed))
    }

    /// `keycloak/realm-import.json`, a custom resource of the operator; it creates a realm and never updates one.
    mutating func operatorFile(_ new: KeycloakNewRealm) -> Artifact {
        let resource: JSON = [
            "apiVersion": "k8s.keycloak.org/v2alpha1",
            "kind": "KeycloakRealmImport",
            "metadata": ["name": .string("\(plan.deployment)-realm")],
            "spec": ["keycloakCRName": "keycloak", "realm": realm(new)],
        ]
        let printed = table.json(resource, from: plan.origins).printed()
        return Artifact(
            path: "keycloak/realm-import.json", mode: 0o644, bytes: printed.bytes,
            provenance: table.provenance(of: printed))
    }

    /// `keycloak/config-cli.yaml`: only our own scopes and clients. Lists of the realm and policies are not in it,
    /// which keycloak-config-cli would replace whole, and with them what others added.
    /// JSON is YAML too, which may say in its head how it is to be run.
    mutating func configFile(_ banner: [String]) -> Artifact {
        let scopes = scopes()
        let clients = clients().map { clientMembers($0, isWithScopes: false) }
        let printed = table.json(
            [
                "realm": .string(plan.realm), "clientScopes": .array(scopes), "clients": .array(clients),
            ], from: plan.origins
        ).printed()
        let head =
            banner + [
                "Run it with --import.managed.client-scope=no-delete --import.managed.client=no-delete: otherwise scopes and",
                "clients that are not in this file are deleted.",
            ]
        let provenance = table.provenance(of: printed).map { run in
            Provenance(
                lines: run.lines.lowerBound + head.count...run.lines.upperBound + head.count, origins: run.origins)
        }
        return Artifact(
            path: "keycloak/config-cli.yaml", mode: 0o644,
            bytes: head.flatMap { Array("# \($0)\n".utf8) } + printed.bytes, provenance: provenance)
    }

    private mutating func realm(_ new: KeycloakNewRealm) -> JSON {
        let ours = scopes()
        let visible = plan.scopes.map(\.name)
        let isPermanent = plan.defaultScope == .permanent
        let withOpenID = plan.tolerateAllScopes && plan.defaultScope != nil
        // A scope of SAML that came with 26.7.
        let isOlder = plan.version < SoftwareVersion(26, 7)
        func exists(_ name: String) -> Bool { !(isOlder && name == "AuthnContextClassRef") }
        let defaults = new.defaultScopes.filter(exists) + (isPermanent ? visible : [])
        let optionals =
            new.optionalScopes + (plan.defaultScope == .optional ? visible : []) + (withOpenID ? ["openid"] : [])
        let builtin = new.scopes.filter { exists($0["name"]?.string ?? "") }.map { scope in
            scope["name"]?.string == "basic" ? withAudience(scope) : hiding(scope)
        }
        let openIDConnect = Set(
            new.scopes.filter { $0["protocol"]?.string == "openid-connect" }.compactMap { $0["name"]?.string } + visible
        )
        let clients = clients().map { client in
            clientMembers(
                client, isWithScopes: true, defaults: defaults.filter { openIDConnect.contains($0) },
                optionals: optionals)
        }
        var members: [JSONMember] = [
            JSONMember("realm", .string(plan.realm)),
            JSONMember("enabled", true),
            JSONMember("clientScopes", .array(builtin + ours)),
            JSONMember("defaultDefaultClientScopes", .array(defaults.map { .string($0) })),
            JSONMember("defaultOptionalClientScopes", .array(optionals.map { .string($0) })),
            JSONMember("clients", .array(clients)),
            JSONMember(
                "components",
                .object([
                    JSONMember(
                        "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy",
                        .array(merged(new.policies)))
                ])),
            JSONMember("clientProfiles", ["profiles": .array(clientProfiles())]),
            JSONMember("clientPolicies", ["policies": .array(clientPolicies())]),
        ]
        if let record {
            members.append(
                JSONMember(
                    "attributes",
                    .object([JSONMember(KeycloakPlan.recordPrefix + plan.deployment, .string(record))])))
        }
        return .object(members)
    }

    /// The same client, and which scopes it has; in a realm file a client has those that it names and no other.
    private func clientMembers(
        _ client: JSON, isWithScopes: Bool, defaults: [String] = [], optionals: [String] = []
    ) -> JSON {
        guard case .tagged(let tag, let inner) = client else {
            var members = client.members ?? []
            let ours = client["defaultClientScopes"]?.array ?? []
            let names = ours.compactMap(\.untagged.string)
            let hasFlow = client["standardFlowEnabled"]?.bool == true
            members.removeAll { $0.name == "defaultClientScopes" }
            if isWithScopes || !hasFlow {
                let inherited = hasFlow ? defaults.filter { !names.contains($0) } : []
                let all = inherited.map { JSON.string($0) } + (hasFlow ? ours : [])
                members.append(JSONMember("defaultClientScopes", .array(all)))
                let rest = hasFlow ? optionals.filter { !inherited.contains($0) && !names.contains($0) } : []
                members.append(JSONMember("optionalClientScopes", .array(rest.map { .string($0) })))
            }
            return .object(members)
        }
        return .tagged(
            tag, clientMembers(inner, isWithScopes: isWithScopes, defaults: defaults, optionals: optionals))
    }

    /// The realm's own scope that all clients keep, with our mappers when every client is to have the audience.
    private mutating func withAudience(_ scope: JSON) -> JSON {
        let mappers = everyClient()
        return scope.mapValue(of: "protocolMappers") { .array(($0.array ?? []) + mappers) }
    }

    private func hiding(_ scope: JSON) -> JSON {
        guard plan.tolerateAllScopes, scope["name"]?.string == "service_account" else { return scope }
        return scope.mapValue(of: "attributes") { attributes in
            .object(
                (attributes.members ?? []) + [JSONMember("include.in.openid.provider.metadata", "false")])
        }
    }

    /// The policies of a new realm with our entries and settings in those of anonymous clients.
    private mutating func merged(_ policies: [JSON]) -> [JSON] {
        let ours = self.policies()
        return policies.map { policy in
            guard policy["subType"]?.string == "anonymous",
                let wanted = ours.first(where: { $0["provider"] == policy["providerId"] })
            else { return policy }
            return policy.mapValue(of: "config") { config in
                let set = (wanted["settings"]?.members ?? []) + (wanted["lists"]?.members ?? [])
                let names = Set(set.map(\.name))
                return .object((config.members ?? []).filter { !names.contains($0.name) } + set)
            }
        }
    }

    /// What `realm.jq` would write of policies that it made itself: the server chooses their ids.
    private var record: String? {
        guard plan.offersRegistration else { return nil }
        var policies: [JSONMember] = [
            JSONMember(
                "new trusted-hosts",
                [
                    "ours": ["trusted-hosts": .array(plan.trustedHosts.map(\.pattern).sorted().map { .string($0) })],
                    "was": ["host-sending-registration-request-must-match": ["true"]],
                ])
        ]
        policies.append(JSONMember("new allowed-client-templates", ["ours": [:], "was": [:]]))
        if !plan.webOrigins.isEmpty {
            policies.append(
                JSONMember(
                    "new registration-web-origins",
                    ["ours": ["web-origins": .array(plan.webOrigins.sorted().map { .string($0) })], "was": [:]]))
        }
        var members = [JSONMember("policies", .object(policies))]
        if plan.tolerateAllScopes { members.append(JSONMember("hidden", ["service_account"])) }
        return String(decoding: JSON.object(members).encoded(.compact), as: UTF8.self)
    }
}

extension JSON {
    /// The object with one member's value changed.
    fileprivate func mapValue(of name: String, _ change: (JSON) -> JSON) -> JSON {
        .object((members ?? []).map { $0.name == name ? JSONMember(name, change($0.value)) : $0 })
    }
}
